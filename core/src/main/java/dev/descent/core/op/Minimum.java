package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * The lesser of both, element by element with broadcasting; NaN if either is. Negative zero is less
 * than zero.
 *
 * <p>The gradient flows to the lesser, half to each where they are equal; to none where either is
 * NaN.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Minimum(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Minimum {
    left.shape().broadcast(right.shape(), "minimum");
  }

  @Override
  public Binary function() {
    return Binary.MINIMUM;
  }

  @Override
  public String name() {
    return "minimum";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor half = left.equalTo(right).times(0.5f);
    sink.add(left, new Multiply(gradient, right.greaterThan(left).plus(half)));
    sink.add(right, new Multiply(gradient, left.greaterThan(right).plus(half)));
  }
}
