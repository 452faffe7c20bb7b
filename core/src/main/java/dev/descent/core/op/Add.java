package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = a + b}, element by element with broadcasting.
 *
 * <p>{@code da = dy}, {@code db = dy}.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Add(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Add {
    left.shape().broadcast(right.shape(), "plus");
  }

  @Override
  public Binary function() {
    return Binary.ADD;
  }

  @Override
  public String name() {
    return "plus";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(left, gradient);
    sink.add(right, gradient);
  }
}
