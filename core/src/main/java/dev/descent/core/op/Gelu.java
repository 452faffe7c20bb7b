package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = x Phi(x)}, the Gaussian error linear unit, where Phi is the normal distribution's
 * cumulative function (Hendrycks and Gimpel 2016, "Gaussian Error Linear Units"); 0 at negative
 * infinity.
 *
 * <p>{@code dx = dy (Phi(x) + x phi(x))}, where phi is the normal distribution's density.
 *
 * @param input a tensor of any shape
 */
public record Gelu(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.GELU;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, sink.evaluate(new GeluSlope(input))));
  }
}
