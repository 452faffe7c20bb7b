package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = a} where the condition is not zero, else {@code b}, element by element with
 * broadcasting. NaN is not zero. What is not chosen has no influence, be it infinite or NaN.
 *
 * <p>{@code da = dy} where the condition is not zero, else 0; {@code db} the other way round.
 * Nothing flows to the condition.
 *
 * @param condition zero or not, as comparisons give it
 * @param left what is taken where the condition is not zero
 * @param right what is taken elsewhere
 */
public record Where(Tensor condition, Tensor left, Tensor right) implements Op {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Where {
    shape(condition, left, right);
  }

  private static Shape shape(Tensor condition, Tensor left, Tensor right) {
    Shape choices = left.shape().broadcast(right.shape(), "where");
    return condition.shape().broadcast(choices, "where");
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(condition, left, right);
  }

  @Override
  public Shape shape() {
    return shape(condition, left, right);
  }

  @Override
  public void forward(float[] out, int offset) {
    Tensor c = repeated(condition);
    Tensor a = repeated(left);
    Tensor b = repeated(right);
    Kernels.select(
        c.array(),
        c.offset(),
        a.array(),
        a.offset(),
        b.array(),
        b.offset(),
        out,
        offset,
        shape().size());
  }

  private Tensor repeated(Tensor operand) {
    Shape shape = shape();
    return operand.shape().equals(shape) ? operand : operand.detach().broadcastTo(shape);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor zero = Tensor.scalar(0);
    sink.add(left, new Where(condition, gradient, zero));
    sink.add(right, new Where(condition, zero, gradient));
  }
}
