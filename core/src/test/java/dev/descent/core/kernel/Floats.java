package dev.descent.core.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Floats to test kernels with, and their comparison bit for bit. */
public final class Floats {
  /** Where functions of floats go wrong, with both signs. */
  private static final float[] SPECIAL = {
    0f,
    Float.MIN_VALUE,
    3 * Float.MIN_VALUE,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MIN_NORMAL,
    1e-30f,
    0x1p-24f,
    0.5f,
    0.625f,
    2f / 3,
    Math.nextDown(1f),
    1f,
    Math.nextUp(1f),
    2f,
    16.5f,
    87.3f,
    88.72284f,
    89.5f,
    103.97f,
    104f,
    105f,
    0x1p23f,
    0x1p31f,
    1e30f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NaN,
  };

  private Floats() {}

  /** The special values and their negatives. */
  public static float[] special() {
    float[] both = Arrays.copyOf(SPECIAL, 2 * SPECIAL.length);
    for (int i = 0; i < SPECIAL.length; i++) {
      both[SPECIAL.length + i] = -SPECIAL[i];
    }
    return both;
  }

  /** A third special values, a third any bits at all, a third of moderate size. */
  public static float[] wild(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] special = special();
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] =
          switch (random.nextInt(3)) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> Float.intBitsToFloat(random.nextInt());
            default -> (float) random.nextDouble(-30, 30);
          };
    }
    return values;
  }

  /** From -1 to 1, so that sums stay finite and each order of adding gives other bits. */
  public static float[] tame(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** Every so many of all 2^32 floats, in arrays that fit into a cache. */
  public static Stream<float[]> everyNth(int distance) {
    int chunk = 1 << 14;
    long floats = (1L << 32) / distance + 1;
    return IntStream.rangeClosed(0, (int) (floats / chunk))
        .mapToObj(number -> {
          float[] values = new float[chunk];
          for (int i = 0; i < chunk; i++) {
            values[i] = Float.intBitsToFloat((int) (((long) number * chunk + i) * distance));
          }
          return values;
        });
  }

  /**
   * Fails unless both arrays hold the same bits, any NaN being as good as any other.
   *
   * @param what names the array in the message
   */
  public static void assertSameBits(float[] actual, float[] expected, String what) {
    int at = Arrays.mismatch(actual, expected);
    if (at >= 0) {
      throw new AssertionError(
          "%s differs at %d: %s, expected %s"
              .formatted(what, at, element(actual, at), element(expected, at)));
    }
  }

  /** The same for single numbers. */
  public static void assertSameBits(float actual, float expected, String what) {
    assertSameBits(new float[] {actual}, new float[] {expected}, what);
  }

  private static String element(float[] values, int at) {
    return at < values.length
        ? "%s (0x%08x)".formatted(values[at], Float.floatToRawIntBits(values[at]))
        : "nothing";
  }
}
