package dev.descent.core.kernel;

/** What the derivatives of softmax and of normalisation need along a row of n numbers. */
public interface RowGradients {
  /**
   * The sum of {@code (x[i] - center) g[i]}, added up with a fused multiply-add each in the order
   * that {@link Reductions} prescribes.
   */
  float dot(float[] x, int offset, float center, float[] g, int gOffset, int n);

  /**
   * {@code out[i] = y[i] (dy[i] - dot)}: the gradient of a softmax.
   *
   * @param dot the sum of {@code y[i] dy[i]}
   * @param out may be one of the others, from the same offset
   */
  void softmax(
      float[] y,
      int offset,
      float[] dy,
      int dyOffset,
      float dot,
      float[] out,
      int outOffset,
      int n);

  /**
   * {@code out[i] = (g[i] - shift + (mean - x[i]) slope) scale}, the outer sum and its product one
   * fused multiply-add: the gradient of a normalisation.
   *
   * @param out may be one of the others, from the same offset
   */
  void normalization(
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
      int n);

  /**
   * {@code dw[i] += dy[i] ((x[i] - mean) scale)}, one fused multiply-add: a row's part of the
   * gradient of a weight.
   */
  void weight(
      float[] x,
      int offset,
      float mean,
      float scale,
      float[] dy,
      int dyOffset,
      float[] dw,
      int dwOffset,
      int n);
}
