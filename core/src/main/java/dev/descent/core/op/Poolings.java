package dev.descent.core.op;

import dev.descent.core.kernel.PoolingShape;
import dev.descent.core.kernel.Spans;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;

/** What the poolings check alike. */
final class Poolings {
  private Poolings() {}

  /**
   * Checks that a window fits into images.
   *
   * @throws ShapeException if these are none, or it does not
   * @throws IllegalArgumentException if there is more padding than half a window
   */
  static void check(String operation, Shape input, Window rows, Window columns) {
    checkImages(operation, input);
    for (Window window : new Window[] {rows, columns}) {
      if (2L * window.padding() > window.span()) {
        throw new IllegalArgumentException(
            "%s: a padding of %d with a window that spans %d; expected at most half of it"
                .formatted(operation, window.padding(), window.span()));
      }
    }
    Convolutions.checkFits(operation, input, rows, columns);
  }

  static void checkImages(String operation, Shape input) {
    if (input.rank() != 4) {
      throw new ShapeException(operation, input, "expected [batch, channels, height, width]");
    }
  }

  /**
   * Checks that spans are those of the images' height and width.
   *
   * @throws ShapeException if they are not, or there is nothing to average
   */
  static void checkSpans(String operation, Shape input, Spans rows, Spans columns) {
    checkImages(operation, input);
    if (input.length(2) != rows.length() || input.length(3) != columns.length()) {
      throw new ShapeException(
          operation,
          input,
          "expected images of %d x %d".formatted(rows.length(), columns.length()));
    }
    if (rows.length() == 0 || columns.length() == 0) {
      throw new ShapeException(operation, input, "an image has no elements");
    }
  }

  static int planes(Shape images) {
    return images.length(0) * images.length(1);
  }

  static PoolingShape sizes(Shape input, Window rows, Window columns) {
    return new PoolingShape(planes(input), input.length(2), input.length(3), rows, columns);
  }
}
