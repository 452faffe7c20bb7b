package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = a b}, element by element with broadcasting.
 *
 * <p>{@code da = dy b}, {@code db = dy a}.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Multiply(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Multiply {
    left.shape().broadcast(right.shape(), "times");
  }

  @Override
  public Binary function() {
    return Binary.MULTIPLY;
  }

  @Override
  public String name() {
    return "times";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(left, new Multiply(gradient, right));
    sink.add(right, new Multiply(gradient, left));
  }
}
