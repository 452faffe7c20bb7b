package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = 1} where a is greater than b or equal, else 0; NaN compares with nothing.
 *
 * <p>Nothing flows back.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record AtLeast(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public AtLeast {
    left.shape().broadcast(right.shape(), "atLeast");
  }

  @Override
  public Binary function() {
    return Binary.AT_LEAST;
  }

  @Override
  public String name() {
    return "atLeast";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    // Constant wherever it is differentiable: nothing flows back.
  }
}
