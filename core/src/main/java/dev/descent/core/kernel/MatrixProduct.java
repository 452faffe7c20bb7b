package dev.descent.core.kernel;

/**
 * The product of two matrices.
 *
 * <p>Each element of the result is one chain of fused multiply-adds over k in ascending order,
 * started from the element's old value or from zero, so that no blocking, width or thread can
 * change a bit of it.
 */
public interface MatrixProduct {
  /**
   * {@code c[i, j] = start + sum over k of a[i, k] b[k, j]}.
   *
   * @param a the left matrix, {@code m x k}
   * @param b the right matrix, {@code k x n}
   * @param c the result, {@code m x n}; shares no element with the others
   * @param accumulate whether the chain starts from c's old value (true) or from zero
   */
  void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate);
}
