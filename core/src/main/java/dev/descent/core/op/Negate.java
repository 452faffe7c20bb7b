package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = -x}.
 *
 * <p>{@code dx = -dy}.
 *
 * @param input a tensor of any shape
 */
public record Negate(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.NEGATE;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Negate(gradient));
  }
}
