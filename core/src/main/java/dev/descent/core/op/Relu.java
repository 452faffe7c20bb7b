package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = max(x, 0)}; NaN stays NaN.
 *
 * <p>{@code dx = dy} where x is positive, else 0; so the derivative at zero is taken as 0.
 *
 * @param input a tensor of any shape
 */
public record Relu(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.RELU;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Gate(gradient, output));
  }
}
