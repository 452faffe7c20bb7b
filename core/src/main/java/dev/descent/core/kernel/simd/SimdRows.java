package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.ScalarMath.EXP_ORDINARY;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.descent.core.kernel.Reductions;
import dev.descent.core.kernel.Rows;
import dev.descent.core.kernel.reference.ReferenceRows;
import dev.descent.core.kernel.reference.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax and its logarithm, a vector at a time. One short loop after the other, because each then
 * keeps everything in registers, and a row that has been read once is in the nearest cache.
 *
 * <p>A row ends with a whole vector, which computes again what it shares with the one before; rows
 * shorter than a vector go through the plain loops, which give the same bits. So the exponential is
 * there once: its code is long, and the compiler inlines only so much into one method. With a
 * second copy, masked for the rest of a row, it made objects of the vectors in programs that have
 * rows of several lengths.
 */
public final class SimdRows implements Rows {
  private static final Reductions REDUCTIONS = new SimdReductions();
  private static final Rows PLAIN = new ReferenceRows();

  @Override
  public void softmax(float[] x, int offset, float[] out, int outOffset, int n) {
    if (n < LANES) {
      PLAIN.softmax(x, offset, out, outOffset, n);
      return;
    }
    float greatest = greatest(x, offset, n);
    powers(x, offset, greatest, out, outOffset, n);
    scale(out, outOffset, 1 / REDUCTIONS.sum(out, outOffset, n), n);
  }

  @Override
  public void logSoftmax(float[] x, int offset, float[] out, int outOffset, int n) {
    if (n < LANES) {
      PLAIN.logSoftmax(x, offset, out, outOffset, n);
      return;
    }
    float greatest = greatest(x, offset, n);
    powers(x, offset, greatest, out, outOffset, n);
    float log = ScalarMath.log(REDUCTIONS.sum(out, outOffset, n));
    shift(x, offset, greatest, log, out, outOffset, n);
  }

  /**
   * The greatest element by one comparison each, which takes no notice of NaN and leaves open which
   * zero it finds. Nobody can tell: a NaN makes the sum of the powers NaN and so the whole row, and
   * the sign of a zero is gone as soon as the logarithm of two or more is subtracted.
   */
  private static float greatest(float[] x, int offset, int n) {
    FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector max1 = max;
    FloatVector max2 = max;
    FloatVector max3 = max;
    int last = n - LANES;
    for (int i = 0; i < n; i += 4 * LANES) {
      max = greater(max, FloatVector.fromArray(FLOATS, x, offset + Math.min(i, last)));
      max1 = greater(max1, FloatVector.fromArray(FLOATS, x, offset + Math.min(i + LANES, last)));
      max2 =
          greater(max2, FloatVector.fromArray(FLOATS, x, offset + Math.min(i + 2 * LANES, last)));
      max3 =
          greater(max3, FloatVector.fromArray(FLOATS, x, offset + Math.min(i + 3 * LANES, last)));
    }
    return greater(greater(max, max1), greater(max2, max3)).reduceLanes(VectorOperators.MAX);
  }

  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(GT, a));
  }

  private static void powers(
      float[] x, int offset, float greatest, float[] out, int outOffset, int n) {
    for (int i = 0; i < n; i += LANES) {
      int at = Math.min(i, n - LANES);
      FloatVector difference = FloatVector.fromArray(FLOATS, x, offset + at).sub(greatest);
      VectorMath.exp(difference)
          .blend(0f, difference.compare(LT, -EXP_ORDINARY))
          .intoArray(out, outOffset + at);
    }
  }

  private static void scale(float[] out, int offset, float scale, int n) {
    // Before the loop changes what it shares with the vector before.
    FloatVector last = FloatVector.fromArray(FLOATS, out, offset + n - LANES).mul(scale);
    for (int i = 0; i < n - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, out, offset + i).mul(scale).intoArray(out, offset + i);
    }
    last.intoArray(out, offset + n - LANES);
  }

  private static void shift(
      float[] x, int offset, float greatest, float log, float[] out, int outOffset, int n) {
    for (int i = 0; i < n - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, x, offset + i)
          .sub(greatest)
          .sub(log)
          .intoArray(out, outOffset + i);
    }
    FloatVector.fromArray(FLOATS, x, offset + n - LANES)
        .sub(greatest)
        .sub(log)
        .intoArray(out, outOffset + n - LANES);
  }
}
