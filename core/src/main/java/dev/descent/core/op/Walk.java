package dev.descent.core.op;

import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;

/**
 * Two arrays walked together over the same index space, each with its own stride along each axis;
 * stride 0 repeats or reduces an axis. Axes that lie side by side for both are joined, so that the
 * innermost run is as long as it can be.
 */
final class Walk {
  private final int[] lengths;
  private final int[] firstStrides;
  private final int[] secondStrides;
  private final int rank;
  private final boolean empty;

  /** What is done with one run. */
  interface Run {
    /** A run of {@link #length} elements from these positions, relative to each array's first. */
    void at(int first, int second);
  }

  Walk(Shape space, int[] firstStrides, int[] secondStrides) {
    this.empty = space.size() == 0;
    this.lengths = new int[space.rank() + 1];
    this.firstStrides = new int[space.rank() + 1];
    this.secondStrides = new int[space.rank() + 1];
    // An axis of length 1 outside all others, so that there is always a run.
    int top = 0;
    lengths[0] = 1;
    for (int axis = 0; axis < space.rank(); axis++) {
      int length = space.length(axis);
      int first = firstStrides[axis];
      int second = secondStrides[axis];
      if (length == 1) {
        continue;
      }
      boolean joins =
          lengths[top] == 1
              || (this.firstStrides[top] == first * length
                  && this.secondStrides[top] == second * length);
      if (joins) {
        lengths[top] *= length;
      } else {
        lengths[++top] = length;
      }
      this.firstStrides[top] = first;
      this.secondStrides[top] = second;
    }
    this.rank = top + 1;
  }

  /** The distance between neighbours along each axis of a row-major array. */
  static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.length(axis);
    }
    return strides;
  }

  /** The strides of a row-major array that is repeated to the wider shape. */
  static int[] broadcastStrides(Shape narrow, Shape wide) {
    int[] own = strides(narrow);
    int[] strides = new int[wide.rank()];
    Axes repeated = Axes.broadcast(narrow, wide);
    int missing = wide.rank() - narrow.rank();
    for (int axis = missing; axis < wide.rank(); axis++) {
      strides[axis] = repeated.contains(axis) ? 0 : own[axis - missing];
    }
    return strides;
  }

  /** The number of elements in a run. */
  int length() {
    return lengths[rank - 1];
  }

  /** The first array's stride along a run. */
  int firstStride() {
    return firstStrides[rank - 1];
  }

  /** The second array's stride along a run. */
  int secondStride() {
    return secondStrides[rank - 1];
  }

  /** Copies a run from one array to the other, as its strides are. */
  void copyRun(float[] from, int first, float[] to, int second) {
    if (firstStride() == 1 && secondStride() == 1) {
      System.arraycopy(from, first, to, second, length());
      return;
    }
    for (int i = 0; i < length(); i++) {
      to[second + i * secondStride()] = from[first + i * firstStride()];
    }
  }

  /** Visits all runs, the outermost axis slowest. */
  void forEach(Run run) {
    if (!empty) {
      visit(0, 0, 0, run);
    }
  }

  private void visit(int axis, int first, int second, Run run) {
    if (axis == rank - 1) {
      run.at(first, second);
      return;
    }
    for (int i = 0; i < lengths[axis]; i++) {
      visit(axis + 1, first + i * firstStrides[axis], second + i * secondStrides[axis], run);
    }
  }
}
