package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = erf x}, the error function {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)}
 * from 0 to x; -1 and 1 at the infinities.
 *
 * <p>{@code dx = dy 2 / sqrt(pi) e^(-x^2)}.
 *
 * @param input a tensor of any shape
 */
public record Erf(Tensor input) implements UnaryOp {
  private static final float TWO_OVER_ROOT_PI = 1.1283792f;

  @Override
  public Unary function() {
    return Unary.ERF;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor slope = input.square().negate().exp().times(TWO_OVER_ROOT_PI);
    sink.add(input, new Multiply(gradient, slope));
  }
}
