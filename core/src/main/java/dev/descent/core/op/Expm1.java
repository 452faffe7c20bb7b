package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = e^x - 1}, exact where x is so small that {@code e^x} would round to 1.
 *
 * <p>{@code dx = dy (y + 1)}.
 *
 * @param input a tensor of any shape
 */
public record Expm1(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.EXPM1;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, output.plus(1)));
  }
}
