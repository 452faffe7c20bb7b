package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = e^x}.
 *
 * <p>{@code dx = dy y}.
 *
 * @param input a tensor of any shape
 */
public record Exp(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.EXP;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, output));
  }
}
