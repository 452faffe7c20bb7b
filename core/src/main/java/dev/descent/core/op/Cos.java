package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = cos x}, of radians; NaN at the infinities.
 *
 * <p>{@code dx = -dy sin x}.
 *
 * @param input a tensor of any shape
 */
public record Cos(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.COS;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, input.sin().negate()));
  }
}
