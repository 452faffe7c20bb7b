package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.kernel.reference.ErrorFunction;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = Phi(x) + x phi(x)}, the derivative of {@link Gelu}, where Phi and phi are the normal
 * distribution's cumulative function and density; 0 and 1 at the infinities.
 *
 * <p>{@code dx = dy phi(x) (2 - x^2)}; NaN at the infinities, where that is 0 times infinity.
 *
 * @param input a tensor of any shape
 */
public record GeluSlope(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.GELU_SLOPE;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor square = input.square();
    Tensor density = square.times(-0.5f).exp().times(ErrorFunction.NORMAL_HEIGHT);
    sink.add(input, new Multiply(gradient, density.times(Tensor.scalar(2).minus(square))));
  }
}
