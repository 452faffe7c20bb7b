package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = 1} where a equals b, else 0; NaN equals nothing. Nothing flows back.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Equal(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Equal {
    left.shape().broadcast(right.shape(), "equal");
  }

  @Override
  public Binary function() {
    return Binary.EQUAL;
  }

  @Override
  public String name() {
    return "equal";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    // Constant wherever it is differentiable: nothing flows back.
  }
}
