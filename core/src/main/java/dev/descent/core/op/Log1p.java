package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = ln(1 + x)}, exact where x is so small that {@code 1 + x} would round to 1; negative
 * infinity at -1, NaN below.
 *
 * <p>{@code dx = dy / (1 + x)}.
 *
 * @param input a tensor of any shape
 */
public record Log1p(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.LOG1P;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Divide(gradient, input.plus(1)));
  }
}
