package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = sin x}, of radians; NaN at the infinities.
 *
 * <p>{@code dx = dy cos x}.
 *
 * @param input a tensor of any shape
 */
public record Sin(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SIN;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, input.cos()));
  }
}
