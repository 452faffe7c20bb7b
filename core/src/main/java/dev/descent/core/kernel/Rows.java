package dev.descent.core.kernel;

/**
 * What is computed along one row. Both start from the greatest element m, so that nothing
 * overflows, and from {@code s = sum of e^(x[i] - m)}, added up as {@link Reductions} says, where a
 * power counts as 0 if its exponent is less than -87, so that sums meet no subnormal numbers.
 */
public interface Rows {
  /**
   * {@code out[i] = e^(x[i] - m) (1 / s)}.
   *
   * @param out not x
   * @param n the length of the row, at least 1
   */
  void softmax(float[] x, int offset, float[] out, int outOffset, int n);

  /**
   * {@code out[i] = (x[i] - m) - log s}.
   *
   * @param out not x
   * @param n the length of the row, at least 1
   */
  void logSoftmax(float[] x, int offset, float[] out, int outOffset, int n);
}
