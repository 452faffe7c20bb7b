package dev.descent.core.kernel.reference;

import static dev.descent.core.kernel.Reductions.VIRTUAL_LANES;

import dev.descent.core.kernel.Normalization;

/** Normalisation as plain loops. */
public final class ReferenceNormalization implements Normalization {
  @Override
  public float squaredDistance(float[] x, int offset, float center, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    for (int i = 0; i < n; i++) {
      float distance = x[offset + i] - center;
      int lane = i % VIRTUAL_LANES;
      lanes[lane] = Math.fma(distance, distance, lanes[lane]);
    }
    return ReferenceReductions.fold(lanes, n);
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
    for (int i = 0; i < n; i++) {
      float standard = (x[offset + i] - mean) * scale;
      out[outOffset + i] = Math.fma(standard, weight[weightOffset + i], bias[biasOffset + i]);
    }
  }
}
