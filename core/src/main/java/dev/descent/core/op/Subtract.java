package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = a - b}, element by element with broadcasting.
 *
 * <p>{@code da = dy}, {@code db = -dy}.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Subtract(Tensor left, Tensor right) implements Op {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Subtract {
    left.shape().broadcast(right.shape(), "minus");
  }

  @Override
  public Shape shape() {
    return left.shape().broadcast(right.shape(), "minus");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(left, right);
  }

  @Override
  public void forward(float[] out, int offset) {
    Broadcasting.apply(Binary.SUBTRACT, left, right, shape(), out, offset);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(left, gradient);
    sink.add(right, new Negate(gradient));
  }
}
