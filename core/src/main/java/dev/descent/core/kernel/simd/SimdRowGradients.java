package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.Reductions.VIRTUAL_LANES;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.RowGradients;
import dev.descent.core.kernel.reference.ReferenceRowGradients;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The derivatives of rows, a vector at a time. */
public final class SimdRowGradients implements RowGradients {
  private static final RowGradients PLAIN = new ReferenceRowGradients();

  /** The virtual lanes as {@link SimdReductions#sum} goes over them. */
  @Override
  public float dot(float[] x, int offset, float center, float[] g, int gOffset, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    int blocks = n / VIRTUAL_LANES * VIRTUAL_LANES;
    for (int lane = 0; lane < Math.min(n, VIRTUAL_LANES); lane += 4 * LANES) {
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int i = lane; i < blocks; i += VIRTUAL_LANES) {
        int at = offset + i;
        int gAt = gOffset + i;
        FloatVector x0 = FloatVector.fromArray(FLOATS, x, at).sub(center);
        FloatVector x1 = FloatVector.fromArray(FLOATS, x, at + LANES).sub(center);
        FloatVector x2 = FloatVector.fromArray(FLOATS, x, at + 2 * LANES).sub(center);
        FloatVector x3 = FloatVector.fromArray(FLOATS, x, at + 3 * LANES).sub(center);
        sum0 = x0.fma(FloatVector.fromArray(FLOATS, g, gAt), sum0);
        sum1 = x1.fma(FloatVector.fromArray(FLOATS, g, gAt + LANES), sum1);
        sum2 = x2.fma(FloatVector.fromArray(FLOATS, g, gAt + 2 * LANES), sum2);
        sum3 = x3.fma(FloatVector.fromArray(FLOATS, g, gAt + 3 * LANES), sum3);
      }
      sum0.intoArray(lanes, lane);
      sum1.intoArray(lanes, lane + LANES);
      sum2.intoArray(lanes, lane + 2 * LANES);
      sum3.intoArray(lanes, lane + 3 * LANES);
    }
    for (int i = blocks; i < n; i += LANES) {
      VectorMask<Float> present = FLOATS.indexInRange(i, n);
      FloatVector sum = FloatVector.fromArray(FLOATS, lanes, i - blocks);
      FloatVector distance = FloatVector.fromArray(FLOATS, x, offset + i, present).sub(center);
      FloatVector product =
          distance.fma(FloatVector.fromArray(FLOATS, g, gOffset + i, present), sum);
      sum.blend(product, present).intoArray(lanes, i - blocks);
    }
    return SimdReductions.fold(lanes, n);
  }

  @Override
  public void softmax(
      float[] y,
      int offset,
      float[] dy,
      int dyOffset,
      float dot,
      float[] out,
      int outOffset,
      int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector centered = FloatVector.fromArray(FLOATS, dy, dyOffset + i).sub(dot);
      FloatVector.fromArray(FLOATS, y, offset + i).mul(centered).intoArray(out, outOffset + i);
    }
    if (end < n) {
      PLAIN.softmax(y, offset + end, dy, dyOffset + end, dot, out, outOffset + end, n - end);
    }
  }

  @Override
  public void normalization(
      float[] x,
      int offset,
      float mean,
      float slope,
      float[] g,
      int gOffset,
      float shift,
      float scale,
      float[] out,
      int outOffset,
      int n) {
    FloatVector means = FloatVector.broadcast(FLOATS, mean);
    FloatVector slopes = FloatVector.broadcast(FLOATS, slope);
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector centered = FloatVector.fromArray(FLOATS, g, gOffset + i).sub(shift);
      means
          .sub(FloatVector.fromArray(FLOATS, x, offset + i))
          .fma(slopes, centered)
          .mul(scale)
          .intoArray(out, outOffset + i);
    }
    if (end < n) {
      PLAIN.normalization(
          x,
          offset + end,
          mean,
          slope,
          g,
          gOffset + end,
          shift,
          scale,
          out,
          outOffset + end,
          n - end);
    }
  }

  @Override
  public void weight(
      float[] x,
      int offset,
      float mean,
      float scale,
      float[] dy,
      int dyOffset,
      float[] dw,
      int dwOffset,
      int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector standard = FloatVector.fromArray(FLOATS, x, offset + i).sub(mean).mul(scale);
      FloatVector sum = FloatVector.fromArray(FLOATS, dw, dwOffset + i);
      FloatVector.fromArray(FLOATS, dy, dyOffset + i)
          .fma(standard, sum)
          .intoArray(dw, dwOffset + i);
    }
    if (end < n) {
      PLAIN.weight(x, offset + end, mean, scale, dy, dyOffset + end, dw, dwOffset + end, n - end);
    }
  }
}
