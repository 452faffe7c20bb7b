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
 * The gradient of a convolution with respect to its weight, {@code [out, in / groups, rows.size,
 * columns.size]}: for each element of the kernel the sum, over all places where it lay, of the
 * input there times the gradient.
 *
 * <p>The gradient of {@code input} is {@link Conv2dInputGradient}, that of {@code gradient} is
 * {@link Conv2d}.
 *
 * @param input {@code [batch, in, height, width]}
 * @param gradient {@code [batch, out, outHeight, outWidth]}
 * @param rows how the kernel slides down
 * @param columns how the kernel slides to the right
 * @param groups the number of groups, a divisor of in and of out
 */
public record Conv2dWeightGradient(
    Tensor input, Tensor gradient, Window rows, Window columns, int groups) implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if there is not at least one group
   */
  public Conv2dWeightGradient {
    if (input.shape().rank() != 4 || gradient.shape().rank() != 4) {
      throw new ShapeException(
          "conv2dWeightGradient",
          input.shape(),
          gradient.shape(),
          "expected [batch, in, height, width] and a gradient [batch, out, outHeight, outWidth]");
    }
    int outputs = gradient.shape().length(1);
    Convolutions.check(
        input.shape(),
        weight(input.shape(), outputs, rows, columns, groups),
        rows,
        columns,
        groups);
    Shape output = Convolutions.output(input.shape(), outputs, rows, columns);
    if (!gradient.shape().equals(output)) {
      throw new ShapeException(
          "conv2dWeightGradient", input.shape(), gradient.shape(), "expected a gradient " + output);
    }
  }

  private static Shape weight(Shape input, int outputs, Window rows, Window columns, int groups) {
    return Shape.of(outputs, input.length(1) / Math.max(1, groups), rows.size(), columns.size());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, gradient);
  }

  @Override
  public Shape shape() {
    return weight(input.shape(), gradient.shape().length(1), rows, columns, groups);
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.weightGradient(
        Convolutions.sizes(input.shape(), gradient.shape().length(1), rows, columns, groups),
        Convolutions.slice(input),
        Convolutions.slice(gradient),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(
        input,
        new Conv2dInputGradient(this.gradient, gradient, input.shape(), rows, columns, groups));
    sink.add(this.gradient, new Conv2d(input, gradient, null, rows, columns, groups));
  }
}
