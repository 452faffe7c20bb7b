package dev.descent.core.op;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** A rectangular part of a tensor. */
final class Window {
  private Window() {}

  static void check(String operation, Shape window, Indices from, Shape whole) {
    boolean fits = from.length() == whole.rank() && window.rank() == whole.rank();
    for (int axis = 0; fits && axis < whole.rank(); axis++) {
      fits = from.get(axis) >= 0 && from.get(axis) <= whole.length(axis) - window.length(axis);
    }
    if (!fits) {
      throw new ShapeException(
          operation, window, whole, "no room for the smaller at " + from + " in the larger");
    }
  }

  /** The place of the window's first element in the whole. */
  static int start(Indices from, Shape whole) {
    int[] strides = Walk.strides(whole);
    int start = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      start += from.get(axis) * strides[axis];
    }
    return start;
  }

  static void copyInto(float[] out, int offset, Shape whole, Indices from, Tensor window) {
    int start = offset + start(from, whole);
    Shape shape = window.shape();
    Walk walk = new Walk(shape, Walk.strides(shape), Walk.strides(whole));
    walk.forEach(
        (inside, to) -> walk.copyRun(window.array(), window.offset() + inside, out, start + to));
  }
}
