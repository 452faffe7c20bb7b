package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = 1 / (1 + e^-x)}.
 *
 * <p>{@code dx = dy y (1 - y)}.
 *
 * @param input a tensor of any shape
 */
public record Sigmoid(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SIGMOID;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, output.times(Tensor.scalar(1).minus(output))));
  }
}
