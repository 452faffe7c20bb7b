package dev.descent.core.kernel;

/**
 * The sizes of a convolution. Channels are split into groups that have nothing to do with each
 * other.
 *
 * @param batch the number of images
 * @param groups the number of groups
 * @param inputs the input channels of one group
 * @param outputs the output channels of one group
 * @param height the height of an input image
 * @param width the width of an input image
 * @param rows how the kernel slides down
 * @param columns how the kernel slides to the right
 */
public record ConvolutionShape(
    int batch,
    int groups,
    int inputs,
    int outputs,
    int height,
    int width,
    Window rows,
    Window columns) {
  /** The height of an output image. */
  public int outHeight() {
    return rows.positions(height);
  }

  /** The width of an output image. */
  public int outWidth() {
    return columns.positions(width);
  }

  /** The elements of the input that an element of the output is computed from. */
  public int taps() {
    return inputs * rows.size() * columns.size();
  }

  /** The multiplications of one pass over the batch. */
  public long multiplications() {
    return (long) batch * groups * outputs * outHeight() * outWidth() * taps();
  }
}
