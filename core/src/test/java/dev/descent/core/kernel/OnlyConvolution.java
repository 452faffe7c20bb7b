package dev.descent.core.kernel;

import dev.descent.core.op.Conv2d;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;

/** A program whose only operation is a convolution: nine ones, summed. */
final class OnlyConvolution {
  private OnlyConvolution() {}

  public static void main(String[] arguments) {
    Tensor ones = Tensor.ones(Shape.of(1, 1, 3, 3));
    Tensor sum = new Conv2d(ones, ones, null, Window.of(3), Window.of(3), 1).evaluate();
    System.out.println(Arrays.toString(sum.toArray()));
  }
}
