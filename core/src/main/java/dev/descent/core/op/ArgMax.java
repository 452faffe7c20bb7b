package dev.descent.core.op;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** Where along an axis the greatest element is. Not an operation: nothing could be derived. */
public final class ArgMax {
  private ArgMax() {}

  /**
   * The index of the greatest element along an axis, for each place along the others, row-major.
   * The first of those that are equally great; the first NaN if there is one. Both zeros are equal.
   *
   * @param axis negative counts from the end
   * @throws IndexOutOfBoundsException if there is no such axis
   * @throws ShapeException if there is nothing to choose from
   */
  public static Indices of(Tensor tensor, int axis) {
    Shape shape = tensor.shape();
    int along = shape.axis(axis);
    int length = shape.length(along);
    if (length == 0) {
      throw new ShapeException("argmax", shape, "no elements along axis " + along);
    }
    int inner = Walk.strides(shape)[along];
    int[] result = new int[shape.size() / length];
    for (int i = 0; i < result.length; i++) {
      int first = tensor.offset() + i / inner * inner * length + i % inner;
      result[i] = greatest(tensor.array(), first, inner, length);
    }
    return Indices.of(result);
  }

  private static int greatest(float[] x, int first, int stride, int n) {
    int greatest = 0;
    for (int i = 1; i < n; i++) {
      float best = x[first + greatest * stride];
      float next = x[first + i * stride];
      if (next > best || (Float.isNaN(next) && !Float.isNaN(best))) {
        greatest = i;
      }
    }
    return greatest;
  }
}
