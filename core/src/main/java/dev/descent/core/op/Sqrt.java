package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = sqrt x}; NaN below zero.
 *
 * <p>{@code dx = dy / (2 y)}, infinite at zero.
 *
 * @param input a tensor of any shape
 */
public record Sqrt(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SQRT;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Divide(gradient, output.times(2)));
  }
}
