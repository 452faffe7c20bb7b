package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.ScalarMath.EXP_ORDINARY;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.descent.core.kernel.Reductions;
import dev.descent.core.kernel.Rows;
import dev.descent.core.kernel.reference.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax and its logarithm, a vector at a time. One short loop after the other, because each then
 * keeps everything in registers, and a row that has been read once is in the nearest cache.
 *
 * <p>The code of an exponential is long, and the compiler inlines only so much into one method:
 * what is beyond that makes an object of each vector. So there are no more copies of it than
 * needed.
 */
public final class SimdRows implements Rows {
  private static final Reductions REDUCTIONS = new SimdReductions();

  @Override
  public void softmax(float[] x, int offset, float[] out, int outOffset, int n) {
    float greatest = greatest(x, offset, n);
    powers(x, offset, greatest, out, outOffset, n);
    scale(out, outOffset, 1 / REDUCTIONS.sum(out, outOffset, n), n);
  }

  @Override
  public void logSoftmax(float[] x, int offset, float[] out, int outOffset, int n) {
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
    if (n < LANES) {
      VectorMask<Float> present = FLOATS.indexInRange(0, n);
      max = max.blend(FloatVector.fromArray(FLOATS, x, offset, present), present);
      return max.reduceLanes(VectorOperators.MAX);
    }
    FloatVector max1 = max;
    FloatVector max2 = max;
    FloatVector max3 = max;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      max = greater(max, FloatVector.fromArray(FLOATS, x, offset + i));
      max1 = greater(max1, FloatVector.fromArray(FLOATS, x, offset + i + LANES));
      max2 = greater(max2, FloatVector.fromArray(FLOATS, x, offset + i + 2 * LANES));
      max3 = greater(max3, FloatVector.fromArray(FLOATS, x, offset + i + 3 * LANES));
    }
    for (; i <= n - LANES; i += LANES) {
      max = greater(max, FloatVector.fromArray(FLOATS, x, offset + i));
    }
    max1 = greater(max1, FloatVector.fromArray(FLOATS, x, offset + n - LANES));
    return greater(greater(max, max1), greater(max2, max3)).reduceLanes(VectorOperators.MAX);
  }

  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(GT, a));
  }

  private static void powers(
      float[] x, int offset, float greatest, float[] out, int outOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      power(FloatVector.fromArray(FLOATS, x, offset + i).sub(greatest))
          .intoArray(out, outOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, n);
      power(FloatVector.fromArray(FLOATS, x, offset + i, rest).sub(greatest))
          .intoArray(out, outOffset + i, rest);
    }
  }

  private static FloatVector power(FloatVector x) {
    return VectorMath.exp(x).blend(0f, x.compare(LT, -EXP_ORDINARY));
  }

  private static void scale(float[] out, int offset, float scale, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, out, offset + i).mul(scale).intoArray(out, offset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, n);
      FloatVector.fromArray(FLOATS, out, offset + i, rest)
          .mul(scale)
          .intoArray(out, offset + i, rest);
    }
  }

  private static void shift(
      float[] x, int offset, float greatest, float log, float[] out, int outOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(FLOATS, x, offset + i)
          .sub(greatest)
          .sub(log)
          .intoArray(out, outOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, n);
      FloatVector.fromArray(FLOATS, x, offset + i, rest)
          .sub(greatest)
          .sub(log)
          .intoArray(out, outOffset + i, rest);
    }
  }
}
