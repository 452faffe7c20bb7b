package dev.descent.core.op;

import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/** A function of two elements each, with broadcasting: all but its derivative. */
interface BinaryOp extends Op {
  /** The first operand. */
  Tensor left();

  /** The second operand. */
  Tensor right();

  /** The function. */
  Binary function();

  /** The operation's name, as the user writes it. */
  String name();

  @Override
  default List<Tensor> inputs() {
    return List.of(left(), right());
  }

  @Override
  default Shape shape() {
    return left().shape().broadcast(right().shape(), name());
  }

  @Override
  default void forward(float[] out, int offset) {
    Broadcasting.apply(function(), left(), right(), shape(), out, offset);
  }
}
