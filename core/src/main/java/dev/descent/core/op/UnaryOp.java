package dev.descent.core.op;

import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/** A function of each element: all but its derivative. */
interface UnaryOp extends Op {
  /** The tensor whose elements it is applied to. */
  Tensor input();

  /** The function. */
  Unary function();

  @Override
  default List<Tensor> inputs() {
    return List.of(input());
  }

  @Override
  default Shape shape() {
    return input().shape();
  }

  @Override
  default void forward(float[] out, int offset) {
    Kernels.unary(function(), input().array(), input().offset(), out, offset, input().size());
  }
}
