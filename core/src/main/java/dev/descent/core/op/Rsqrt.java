package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = 1 / sqrt x}; infinite at zero (of its sign), NaN below, 0 at infinity.
 *
 * <p>{@code dx = -dy y^3 / 2}.
 *
 * @param input a tensor of any shape
 */
public record Rsqrt(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.RSQRT;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Multiply(gradient, output.square().times(output).times(-0.5f)));
  }
}
