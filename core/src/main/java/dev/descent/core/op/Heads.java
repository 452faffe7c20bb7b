package dev.descent.core.op;

import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.Parallel;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** The heads of attention, side by side in the innermost axis or a matrix of weights each. */
final class Heads {
  private Heads() {}

  interface Visit {
    void of(int batch, int head);
  }

  static void check(String operation, Shape shape, int heads) {
    if (heads < 1 || shape.rank() != 3 || shape.length(2) % heads != 0) {
      throw new ShapeException(
          operation,
          shape,
          "expected [batch, positions, width] with a width that is a multiple of %d heads"
              .formatted(heads));
    }
  }

  /** Each head of each batch, shared among threads where there is enough to multiply. */
  static void forEach(Shape matrices, long products, Visit visit) {
    int heads = matrices.length(1);
    Parallel.forRange(
        matrices.length(0) * heads,
        (int) Math.ceilDiv(Kernels.SHARED_PRODUCT, Math.max(products, 1)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            visit.of(i / heads, i % heads);
          }
        });
  }

  /** The columns of a head: {@code [positions, features]}. */
  static Matrix columns(Tensor tensor, int batch, int head, int heads) {
    return columns(tensor.shape(), tensor.array(), tensor.offset(), batch, head, heads);
  }

  static Matrix columns(Shape shape, float[] array, int offset, int batch, int head, int heads) {
    int positions = shape.length(1);
    int width = shape.length(2);
    int features = width / heads;
    int start = offset + batch * positions * width + head * features;
    return new Matrix(array, start, positions, features, width, 1);
  }

  /** The matrix of a head: {@code [rows, columns]}. */
  static Matrix matrix(Shape shape, float[] array, int offset, int batch, int head) {
    int rows = shape.length(2);
    int columns = shape.length(3);
    int start = offset + (batch * shape.length(1) + head) * rows * columns;
    return Matrix.rowMajor(array, start, rows, columns);
  }
}
