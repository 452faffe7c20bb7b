package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Tensor;

/**
 * {@code y = a} where b is positive, else 0: how a gradient passes a rectifier.
 *
 * <p>{@code da = dy} where b is positive; nothing flows to b, whose derivative is zero wherever it
 * exists.
 *
 * @param left the first operand
 * @param right the second operand, of a shape that broadcasts with the first's
 */
public record Gate(Tensor left, Tensor right) implements BinaryOp {
  /**
   * Checks that the shapes fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not broadcast
   */
  public Gate {
    left.shape().broadcast(right.shape(), "gate");
  }

  @Override
  public Binary function() {
    return Binary.GATE;
  }

  @Override
  public String name() {
    return "gate";
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(left, new Gate(gradient, right));
  }
}
