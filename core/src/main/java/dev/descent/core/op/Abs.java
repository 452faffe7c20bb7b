package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = |x|}; NaN stays NaN.
 *
 * <p>{@code dx = dy} where x is positive, {@code -dy} where it is negative; 0 at zero and of NaN.
 *
 * @param input a tensor of any shape
 */
public record Abs(Tensor input) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.ABS;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor zero = Tensor.scalar(0);
    Tensor sign = input.greaterThan(zero).minus(zero.greaterThan(input));
    sink.add(input, new Multiply(gradient, sign));
  }
}
