package dev.descent.core.op;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;

/** Elements that an index each chooses along one axis of a tensor. */
final class AlongAxis {
  private AlongAxis() {}

  interface Visit {
    /** A chosen element's places among the chosen ones and in the whole tensor. */
    void at(int chosen, int whole);
  }

  static void check(String operation, Shape whole, int axis, Indices indices, Shape chosen) {
    if (axis < 0 || axis >= whole.rank()) {
      throw new IndexOutOfBoundsException(
          "%s along axis %d of shape %s".formatted(operation, axis, whole));
    }
    if (chosen.rank() != whole.rank()
        || !chosen.with(axis, 0).equals(whole.with(axis, 0))
        || indices.length() != chosen.size()) {
      throw new ShapeException(
          operation,
          whole,
          chosen,
          "expected shapes that differ along axis "
              + axis
              + " only, and an index for each of the chosen; there are "
              + indices.length());
    }
    for (int i = 0; i < indices.length(); i++) {
      if (indices.get(i) < 0 || indices.get(i) >= whole.length(axis)) {
        throw new ShapeException(
            operation,
            whole,
            "no element %d along axis %d; expected 0 to %d"
                .formatted(indices.get(i), axis, whole.length(axis) - 1));
      }
    }
  }

  /** Visits the chosen elements in row-major order. */
  static void forEach(Shape whole, int axis, Indices indices, Shape chosen, Visit visit) {
    int inner = Walk.strides(whole)[axis];
    int block = inner * chosen.length(axis);
    for (int i = 0; i < indices.length(); i++) {
      int outer = i / block;
      visit.at(i, (outer * whole.length(axis) + indices.get(i)) * inner + i % inner);
    }
  }
}
