package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = x / (1 + e^-x)}, the sigmoid linear unit, also called swish (Hendrycks and Gimpel
 * 2016; Elfwing et al. 2017); 0 at negative infinity.
 *
 * <p>{@code dx = dy (s + y (1 - s))} with {@code s = sigmoid(x)}; NaN at positive infinity.
 *
 * @param input a tensor of any shape
 */
public record Silu(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SILU;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, slope(output, input.sigmoid(), Tensor.scalar(1))));
  }

  /** The derivative of {@code y = x s(z)}: {@code s + y (1 - s) z'}. */
  static Tensor slope(Tensor y, Tensor s, Tensor slopeOfZ) {
    return s.plus(y.times(Tensor.scalar(1).minus(s)).times(slopeOfZ));
  }
}
