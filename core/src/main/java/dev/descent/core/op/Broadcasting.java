package dev.descent.core.op;

import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;

/** Element-wise functions of two tensors, repeated along axes that one of them lacks. */
final class Broadcasting {
  private Broadcasting() {}

  static void apply(
      Binary function, Tensor left, Tensor right, Shape shape, float[] out, int offset) {
    int[] leftStrides = Walk.broadcastStrides(left.shape(), shape);
    int[] rightStrides = Walk.broadcastStrides(right.shape(), shape);
    Walk walk = new Walk(shape, leftStrides, rightStrides);
    int n = walk.length();
    int[] position = {offset};
    walk.forEach((first, second) -> {
      Kernels.binary(
          function,
          left.array(),
          left.offset() + first,
          walk.firstStride(),
          right.array(),
          right.offset() + second,
          walk.secondStride(),
          out,
          position[0],
          n);
      position[0] += n;
    });
  }
}
