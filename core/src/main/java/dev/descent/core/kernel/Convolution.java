package dev.descent.core.kernel;

/**
 * Two-dimensional convolution (cross-correlation, as everywhere in this field) and its two
 * derivatives.
 *
 * <p>Images are {@code [batch, channels, height, width]}, weights {@code [groups * outputs, inputs,
 * rows.size, columns.size]}, all row-major. Outside an image there are zeros, and they are
 * multiplied like all other elements. Each element of a result is one chain of fused multiply-adds,
 * in the order that its method states, so that no blocking, width or thread can change a bit of it.
 */
public interface Convolution {
  /**
   * {@code y[n, o, y, x] = bias[o] + sum over i, r, c of weight[o, i, r, c] input[n, i, y * stride
   * - padding + r * dilation, x * stride - padding + c * dilation]}, summed in the order i, r, c.
   *
   * @param bias {@code [groups * outputs]}
   * @param y the result, {@code [batch, groups * outputs, outHeight, outWidth]}
   * @param from the first image to do
   * @param to the image to stop before
   */
  void forward(
      ConvolutionShape shape, Slice input, Slice weight, Slice bias, Slice y, int from, int to);

  /**
   * What the derivative of {@code y} gives for the input: {@code dx[n, i, y, x]} is the sum of
   * {@code weight[o, i, r, c] dy[n, o, (y + padding - r * dilation) / stride, (x + padding - c *
   * dilation) / stride]} over all o, r, c, in this order, for which both quotients are whole.
   *
   * @param dx the result, of the input's shape
   * @param from the first image to do
   * @param to the image to stop before
   */
  void inputGradient(ConvolutionShape shape, Slice dy, Slice weight, Slice dx, int from, int to);

  /**
   * What the derivative of {@code y} gives for the weight: {@code dw[o, i, r, c]} is the sum of
   * {@code dy[n, o, y, x]} times the element of the input that it was multiplied with, over n, y, x
   * in this order.
   *
   * @param dw the result, of the weight's shape
   * @param from the first output channel of each group to do
   * @param to the output channel to stop before
   */
  void weightGradient(ConvolutionShape shape, Slice input, Slice dy, Slice dw, int from, int to);
}
