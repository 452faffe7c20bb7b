package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = a / b}, element by element with broadcasting. Division by zero gives what IEEE 754
 * says: an infinity, or NaN for 0 / 0.
 *
 * <p>{@code da = dy / b}, {@code db = -dy y / b}.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Divide(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Divide {
    left.shape().broadcast(right.shape(), "dividedBy");
  }

  @Override
  public Binary function() {
    return Binary.DIVIDE;
  }

  @Override
  public String name() {
    return "dividedBy";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(left, new Divide(gradient, right));
    if (sink.needs(right)) {
      sink.add(right, new Divide(gradient.times(output).negate(), right));
    }
  }
}
