package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceConvolution;
import dev.descent.core.kernel.reference.ReferenceMaxPooling;
import dev.descent.core.kernel.simd.SimdMaxPooling;
import dev.descent.core.kernel.simd.convolution.SimdConvolution;

/**
 * What operations on images call, as others call {@link Kernels}: the kernels of this machine,
 * large work shared among the threads.
 */
public final class ImageKernels {
  /** Multiplications that make a part of a convolution worth a thread of its own. */
  private static final long SHARED_WORK = 1 << 18;

  /** The gradient of a weight is cut between output channels at multiples of a tile's rows. */
  private static final int CHANNEL_GRAIN = 8;

  /** Elements that make planes worth a thread of their own. */
  private static final int ELEMENT_GRAIN = 1 << 15;

  private static final Convolution CONVOLUTION =
      Machine.usesSimd() ? new SimdConvolution() : new ReferenceConvolution();
  private static final MaxPooling MAX_POOLING =
      Machine.usesSimd() ? new SimdMaxPooling() : new ReferenceMaxPooling();

  private ImageKernels() {}

  /**
   * The convolution of a batch, shared by images.
   *
   * @see Convolution#forward
   */
  public static void convolution(
      ConvolutionShape shape, Slice input, Slice weight, Slice bias, Slice y) {
    Parallel.forRange(
        shape.batch(),
        convolutionGrain(shape, shape.batch()),
        (from, to) -> CONVOLUTION.forward(shape, input, weight, bias, y, from, to));
  }

  /**
   * The gradient of a convolution's input, shared by images.
   *
   * @see Convolution#inputGradient
   */
  public static void inputGradient(ConvolutionShape shape, Slice dy, Slice weight, Slice dx) {
    Parallel.forRange(
        shape.batch(),
        convolutionGrain(shape, shape.batch()),
        (from, to) -> CONVOLUTION.inputGradient(shape, dy, weight, dx, from, to));
  }

  /**
   * The gradient of a convolution's weight, shared by output channels.
   *
   * @see Convolution#weightGradient
   */
  public static void weightGradient(ConvolutionShape shape, Slice input, Slice dy, Slice dw) {
    int grain = Math.max(CHANNEL_GRAIN, convolutionGrain(shape, shape.outputs()));
    Parallel.forRange(
        shape.outputs(),
        grain,
        (from, to) -> CONVOLUTION.weightGradient(shape, input, dy, dw, from, to));
  }

  /** How many of the parts are worth a thread of their own. */
  private static int convolutionGrain(ConvolutionShape shape, int parts) {
    long each = Math.max(1, shape.multiplications() / Math.max(1, parts));
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(SHARED_WORK, each));
  }

  /**
   * The greatest element of each window, shared by planes.
   *
   * @see MaxPooling#max
   */
  public static void max(PoolingShape shape, Slice x, Slice y) {
    forPlanes(
        shape.planes(),
        shape.height() * shape.width(),
        (from, to) -> MAX_POOLING.max(shape, x, y, from, to));
  }

  /**
   * The gradient of the greatest elements, shared by planes.
   *
   * @see MaxPooling#gradient
   */
  public static void maxGradient(PoolingShape shape, Slice x, Slice dy, Slice dx) {
    forPlanes(
        shape.planes(),
        shape.height() * shape.width(),
        (from, to) -> MAX_POOLING.gradient(shape, x, dy, dx, from, to));
  }

  /**
   * The elements that lie where the greatest ones of another array are, shared by planes.
   *
   * @see MaxPooling#choose
   */
  public static void maxChoice(PoolingShape shape, Slice x, Slice values, Slice y) {
    forPlanes(
        shape.planes(),
        shape.height() * shape.width(),
        (from, to) -> MAX_POOLING.choose(shape, x, values, y, from, to));
  }

  /**
   * The average of each span of rows and columns, shared by planes.
   *
   * @see AveragePooling#average
   */
  public static void average(int planes, Spans rows, Spans columns, Slice x, Slice y) {
    forPlanes(
        planes,
        rows.length() * columns.length(),
        (from, to) -> AveragePooling.average(rows, columns, x, y, from, to));
  }

  /**
   * The gradient of averages, shared by planes.
   *
   * @see AveragePooling#gradient
   */
  public static void averageGradient(int planes, Spans rows, Spans columns, Slice dy, Slice dx) {
    forPlanes(
        planes,
        rows.length() * columns.length(),
        (from, to) -> AveragePooling.gradient(rows, columns, dy, dx, from, to));
  }

  private static void forPlanes(int planes, int size, Parallel.Body body) {
    Parallel.forRange(planes, Math.ceilDiv(ELEMENT_GRAIN, Math.max(1, size)), body);
  }
}
