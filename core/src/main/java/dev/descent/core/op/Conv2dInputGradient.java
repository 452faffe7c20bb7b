package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.ImageKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * The gradient of a convolution with respect to its input, {@code [batch, out, outHeight, outWidth]
 * -> [batch, in, height, width]}: each element of the gradient, times the kernel, is added where
 * the kernel lay. Known as transposed convolution, too.
 *
 * <p>The gradient of {@code gradient} is {@link Conv2d}, that of {@code weight} is {@link
 * Conv2dWeightGradient}.
 *
 * @param gradient {@code [batch, out, outHeight, outWidth]}
 * @param weight {@code [out, in / groups, rows.size, columns.size]}
 * @param shape the input's, {@code [batch, in, height, width]}
 * @param rows how the kernel slides down
 * @param columns how the kernel slides to the right
 * @param groups the number of groups, a divisor of in and of out
 */
public record Conv2dInputGradient(
    Tensor gradient, Tensor weight, Shape shape, Window rows, Window columns, int groups)
    implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if there is not at least one group
   */
  public Conv2dInputGradient {
    Convolutions.check(shape, weight.shape(), rows, columns, groups);
    Shape output = Convolutions.output(shape, weight.shape().length(0), rows, columns);
    if (!gradient.shape().equals(output)) {
      throw new ShapeException(
          "conv2dInputGradient", gradient.shape(), shape, "expected a gradient " + output);
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gradient, weight);
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.inputGradient(
        Convolutions.sizes(shape, weight.shape().length(0), rows, columns, groups),
        Convolutions.slice(gradient),
        Convolutions.slice(weight),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(this.gradient, new Conv2d(gradient, weight, null, rows, columns, groups));
    sink.add(weight, new Conv2dWeightGradient(gradient, this.gradient, rows, columns, groups));
  }
}
