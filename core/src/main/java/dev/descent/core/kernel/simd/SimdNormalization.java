package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.Reductions.VIRTUAL_LANES;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Normalization;
import dev.descent.core.kernel.reference.ReferenceNormalization;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Normalisation, a vector at a time. */
public final class SimdNormalization implements Normalization {
  private static final Normalization PLAIN = new ReferenceNormalization();

  /** The virtual lanes as {@link SimdReductions#sum} goes over them. */
  @Override
  public float squaredDistance(float[] x, int offset, float center, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    int blocks = n / VIRTUAL_LANES * VIRTUAL_LANES;
    for (int lane = 0; lane < Math.min(n, VIRTUAL_LANES); lane += 4 * LANES) {
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int i = lane; i < blocks; i += VIRTUAL_LANES) {
        FloatVector x0 = FloatVector.fromArray(FLOATS, x, offset + i).sub(center);
        FloatVector x1 = FloatVector.fromArray(FLOATS, x, offset + i + LANES).sub(center);
        FloatVector x2 = FloatVector.fromArray(FLOATS, x, offset + i + 2 * LANES).sub(center);
        FloatVector x3 = FloatVector.fromArray(FLOATS, x, offset + i + 3 * LANES).sub(center);
        sum0 = x0.fma(x0, sum0);
        sum1 = x1.fma(x1, sum1);
        sum2 = x2.fma(x2, sum2);
        sum3 = x3.fma(x3, sum3);
      }
      sum0.intoArray(lanes, lane);
      sum1.intoArray(lanes, lane + LANES);
      sum2.intoArray(lanes, lane + 2 * LANES);
      sum3.intoArray(lanes, lane + 3 * LANES);
    }
    for (int i = blocks; i < n; i += LANES) {
      VectorMask<Float> present = FLOATS.indexInRange(i, n);
      FloatVector distance = FloatVector.fromArray(FLOATS, x, offset + i, present).sub(center);
      FloatVector counted = FloatVector.zero(FLOATS).blend(distance, present);
      FloatVector sum = FloatVector.fromArray(FLOATS, lanes, i - blocks);
      counted.fma(counted, sum).intoArray(lanes, i - blocks);
    }
    return SimdReductions.fold(lanes, n);
  }

  @Override
  public void normalize(
      float[] x,
      int offset,
      float mean,
      float scale,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] out,
      int outOffset,
      int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector standard = FloatVector.fromArray(FLOATS, x, offset + i).sub(mean).mul(scale);
      FloatVector w = FloatVector.fromArray(FLOATS, weight, weightOffset + i);
      FloatVector b = FloatVector.fromArray(FLOATS, bias, biasOffset + i);
      standard.fma(w, b).intoArray(out, outOffset + i);
    }
    if (end < n) {
      PLAIN.normalize(
          x,
          offset + end,
          mean,
          scale,
          weight,
          weightOffset + end,
          bias,
          biasOffset + end,
          out,
          outOffset + end,
          n - end);
    }
  }
}
