package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = ln x}; negative infinity at zero, NaN below.
 *
 * <p>{@code dx = dy / x}.
 *
 * @param input a tensor of any shape
 */
public record Log(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.LOG;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Divide(gradient, input));
  }
}
