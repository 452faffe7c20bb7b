package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = ln(1 + e^x)}, a smooth {@link Relu}; no overflow for large x, 0 below -87.
 *
 * <p>{@code dx = dy sigmoid(x)}.
 *
 * @param input a tensor of any shape
 */
public record Softplus(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SOFTPLUS;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, input.sigmoid()));
  }
}
