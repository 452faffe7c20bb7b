package dev.descent.core.op;

import dev.descent.core.kernel.ConvolutionShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** What the convolution and its derivatives check and compute alike. */
final class Convolutions {
  private Convolutions() {}

  /**
   * Checks that an input and a weight fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if there is not at least one group
   */
  static void check(Shape input, Shape weight, Window rows, Window columns, int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("conv2d: groups is " + groups + "; expected at least 1");
    }
    if (input.rank() != 4
        || weight.rank() != 4
        || input.length(1) != (long) groups * weight.length(1)
        || weight.length(0) % groups != 0
        || weight.length(2) != rows.size()
        || weight.length(3) != columns.size()) {
      throw new ShapeException(
          "conv2d",
          input,
          weight,
          "expected [batch, in, height, width] and a weight [out, in%s, %d, %d]%s"
              .formatted(
                  groups == 1 ? "" : " / " + groups,
                  rows.size(),
                  columns.size(),
                  groups == 1 ? "" : ", out a multiple of " + groups));
    }
    checkFits("conv2d", input, rows, columns);
  }

  /** Checks that a window has a position in images {@code [..., height, width]}. */
  static void checkFits(String operation, Shape input, Window rows, Window columns) {
    if (rows.positions(input.length(-2)) < 1 || columns.positions(input.length(-1)) < 1) {
      throw new ShapeException(
          operation,
          input,
          "a window that spans %d x %d does not fit into %d x %d with padding"
              .formatted(
                  rows.span(),
                  columns.span(),
                  input.length(-2) + 2 * rows.padding(),
                  input.length(-1) + 2 * columns.padding()));
    }
  }

  /** The result's shape, {@code [batch, out, outHeight, outWidth]}. */
  static Shape output(Shape input, int outputs, Window rows, Window columns) {
    return Shape.of(
        input.length(0),
        outputs,
        rows.positions(input.length(2)),
        columns.positions(input.length(3)));
  }

  static ConvolutionShape sizes(Shape input, int outputs, Window rows, Window columns, int groups) {
    return new ConvolutionShape(
        input.length(0),
        groups,
        input.length(1) / groups,
        outputs / groups,
        input.length(2),
        input.length(3),
        rows,
        columns);
  }

  static Slice slice(Tensor tensor) {
    return new Slice(tensor.array(), tensor.offset());
  }
}
