package dev.descent.core.kernel.simd.convolution;

import dev.descent.core.kernel.Convolution;
import dev.descent.core.kernel.ConvolutionShape;
import dev.descent.core.kernel.Slice;

/** Convolution and its derivatives as products of matrices in register tiles. */
public final class SimdConvolution implements Convolution {
  @Override
  public void forward(
      ConvolutionShape shape, Slice input, Slice weight, Slice bias, Slice y, int from, int to) {
    new ConvolutionForward(shape, input, weight, bias, y).compute(from, to);
  }

  @Override
  public void inputGradient(
      ConvolutionShape shape, Slice dy, Slice weight, Slice dx, int from, int to) {
    new ConvolutionInputGradient(shape, dy, weight, dx).compute(from, to);
  }

  @Override
  public void weightGradient(
      ConvolutionShape shape, Slice input, Slice dy, Slice dw, int from, int to) {
    new ConvolutionWeightGradient(shape, input, dy, dw).compute(from, to);
  }
}
