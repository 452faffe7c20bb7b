package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = 1} where a is greater than b, else 0; NaN compares with nothing.
 *
 * <p>Nothing flows back.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Greater(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Greater {
    left.shape().broadcast(right.shape(), "greaterThan");
  }

  @Override
  public Binary function() {
    return Binary.GREATER;
  }

  @Override
  public String name() {
    return "greaterThan";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    // Constant wherever it is differentiable: nothing flows back.
  }
}
