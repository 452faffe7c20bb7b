package dev.descent.core.op;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;

/** The rows of a tensor: its slices along the outermost axis. */
final class Rows {
  private Rows() {}

  static void check(String operation, Shape shape, Indices indices) {
    if (shape.rank() == 0) {
      throw new ShapeException(operation, shape, "a scalar has no rows");
    }
    for (int i = 0; i < indices.length(); i++) {
      int index = indices.get(i);
      if (index < 0 || index >= shape.length(0)) {
        throw new ShapeException(
            operation, shape, "no row " + index + "; expected 0 to " + (shape.length(0) - 1));
      }
    }
  }

  /** The number of elements in a row. */
  static int size(Shape shape) {
    return shape.without(0).size();
  }
}
