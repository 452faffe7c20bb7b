package dev.descent.core.op;

import static dev.descent.core.kernel.reference.Exponentials.GELU_CUBE;
import static dev.descent.core.kernel.reference.Exponentials.GELU_SLOPE;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}, the usual approximation of {@link
 * Gelu}, computed as {@code x sigmoid(z)} with {@code z = sqrt(8 / pi) (x + 0.044715 x^3)}; 0 at
 * negative infinity.
 *
 * <p>{@code dx = dy (s + y (1 - s) z')} with {@code s = sigmoid(z)} and {@code z' = sqrt(8 / pi) (1
 * + 0.134145 x^2)}; NaN at the infinities.
 *
 * @param input a tensor of any shape
 */
public record GeluTanh(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.GELU_TANH;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor square = input.square();
    Tensor z = input.times(square.times(GELU_CUBE).plus(GELU_SLOPE));
    Tensor slope = square.times(3 * GELU_CUBE).plus(GELU_SLOPE);
    sink.add(input, new Multiply(gradient, Silu.slope(output, z.sigmoid(), slope)));
  }
}
