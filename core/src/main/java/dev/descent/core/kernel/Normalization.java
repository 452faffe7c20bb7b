package dev.descent.core.kernel;

/** What brings a row of numbers to mean 0 and variance 1. */
public interface Normalization {
  /**
   * The sum of {@code (x[i] - center)^2} over n elements, added up with a fused multiply-add each
   * in the order that {@link Reductions} prescribes.
   */
  float squaredDistance(float[] x, int offset, float center, int n);

  /**
   * {@code out[i] = (x[i] - mean) scale weight[i] + bias[i]} for n elements; the last product and
   * the sum are one fused multiply-add. The output may be the input, from the same offset.
   */
  void normalize(
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
      int n);
}
