package dev.descent.core.op;

import static dev.descent.core.op.Case.Numbers.ANY;

import dev.descent.core.kernel.Window;
import dev.descent.core.op.Case.Operand;
import dev.descent.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@link ConvolutionTable} and {@link PoolingTable} share: windows, and indices of images. */
final class Sliding {
  private static final List<Window> WINDOWS =
      List.of(
          Window.of(1),
          Window.of(2),
          Window.of(3).padding(1),
          Window.of(1).stride(2),
          Window.of(2).stride(2),
          Window.of(2).stride(3).padding(1),
          Window.of(2).dilation(2).padding(2),
          Window.of(3).stride(2).padding(2).dilation(2));

  private Sliding() {}

  static Operand any(Shape shape) {
    return new Operand(shape, ANY);
  }

  /** All pairs of windows that fit. */
  static Stream<Window[]> windowPairs(int height, int width) {
    return WINDOWS.stream()
        .flatMap(rows -> WINDOWS.stream().map(columns -> new Window[] {rows, columns}))
        .filter(pair -> pair[0].positions(height) > 0 && pair[1].positions(width) > 0);
  }

  static boolean isInside(DoubleTensor x, int[] index) {
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= x.shape()[axis]) {
        return false;
      }
    }
    return true;
  }

  static void add(DoubleTensor sums, int[] index, double value) {
    if (isInside(sums, index)) {
      int position = 0;
      for (int axis = 0; axis < index.length; axis++) {
        position = position * sums.shape()[axis] + index[axis];
      }
      sums.elements()[position] += value;
    }
  }

  interface Visit {
    void at(int[] index);
  }

  static void forEachIndex(Shape shape, Visit visit) {
    List<int[]> indices = new ArrayList<>();
    DoubleTensor.fill(
        shape.toArray(),
        index -> {
          indices.add(index.clone());
          return 0;
        });
    indices.forEach(visit::at);
  }
}
