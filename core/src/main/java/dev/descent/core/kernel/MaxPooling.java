package dev.descent.core.kernel;

/**
 * Pooling by the greatest element of each window.
 *
 * <p>The greatest is the first in the order of rows and columns that no other exceeds, or the last
 * NaN if there is one, as in PyTorch. Elements outside the plane do not take part; a window without
 * any element gives negative infinity, and takes no gradient.
 */
public interface MaxPooling {
  /**
   * The greatest element of each window.
   *
   * @param x {@code [planes, height, width]}
   * @param y the result, {@code [planes, outHeight, outWidth]}
   * @param from the first plane to do
   * @param to the plane to stop before
   */
  void max(PoolingShape shape, Slice x, Slice y, int from, int to);

  /**
   * What the derivative of {@code y} gives for x: where an element is the greatest of a window, the
   * gradients of all these windows, added in the order of rows and columns; elsewhere 0.
   *
   * @param dy {@code [planes, outHeight, outWidth]}
   * @param dx the result, of x's shape
   * @param from the first plane to do
   * @param to the plane to stop before
   */
  void gradient(PoolingShape shape, Slice x, Slice dy, Slice dx, int from, int to);

  /**
   * The element of {@code values} that lies where x has the greatest element of each window; 0 for
   * a window without any element.
   *
   * @param values of x's shape
   * @param y the result, {@code [planes, outHeight, outWidth]}
   * @param from the first plane to do
   * @param to the plane to stop before
   */
  void choose(PoolingShape shape, Slice x, Slice values, Slice y, int from, int to);
}
