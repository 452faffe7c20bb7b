package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = tanh x}.
 *
 * <p>{@code dx = dy (1 - y^2)}.
 *
 * @param input a tensor of any shape
 */
public record Tanh(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.TANH;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, Tensor.scalar(1).minus(output.square())));
  }
}
