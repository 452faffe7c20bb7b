package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.Parallel;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * {@code Y = A B}, the matrix product {@code [..., m, k] x [..., k, n] -> [..., m, n]}, where
 * either factor may be read transposed without being moved. The axes before the last two count
 * matrices, each multiplied with its counterpart; they broadcast. A sum of no products, for k = 0,
 * is 0.
 *
 * <p>{@code dA = dY B^T}, {@code dB = A^T dY}; the transpose of that for a transposed factor;
 * summed over the axes along which a factor was repeated.
 *
 * @param left {@code [..., m, k]}, or {@code [..., k, m]} if transposed
 * @param right {@code [..., k, n]}, or {@code [..., n, k]} if transposed
 * @param transposeLeft whether the left factor is read transposed
 * @param transposeRight whether the right factor is read transposed
 */
public record MatMul(Tensor left, Tensor right, boolean transposeLeft, boolean transposeRight)
    implements Op {
  /**
   * Checks that the factors fit.
   *
   * @throws ShapeException if a factor has less than two axes, their inner lengths differ or the
   *     others do not broadcast
   */
  public MatMul {
    if (left.shape().rank() < 2 || right.shape().rank() < 2) {
      throw new ShapeException(
          "matmul", left.shape(), right.shape(), "expected matrices, [..., m, k] and [..., k, n]");
    }
    int leftInner = left.shape().length(transposeLeft ? -2 : -1);
    int rightInner = right.shape().length(transposeRight ? -1 : -2);
    if (leftInner != rightInner) {
      throw new ShapeException(
          "matmul",
          left.shape(),
          right.shape(),
          "inner lengths "
              + leftInner
              + " and "
              + rightInner
              + " differ"
              + described(transposeLeft, transposeRight));
    }
    matrices(left).broadcast(matrices(right), "matmul");
  }

  /** The axes that count matrices. */
  private static Shape matrices(Tensor factor) {
    return factor.shape().without(-1).without(-1);
  }

  private static String described(boolean transposeLeft, boolean transposeRight) {
    if (transposeLeft && transposeRight) {
      return " (both read transposed)";
    }
    return transposeLeft
        ? " (the first read transposed)"
        : transposeRight ? " (the second read transposed)" : "";
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(left, right);
  }

  @Override
  public Shape shape() {
    int[] count = matrices(left).broadcast(matrices(right), "matmul").toArray();
    int[] lengths = Arrays.copyOf(count, count.length + 2);
    lengths[count.length] = left.shape().length(transposeLeft ? -1 : -2);
    lengths[count.length + 1] = right.shape().length(transposeRight ? -2 : -1);
    return Shape.of(lengths);
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape shape = shape();
    int rows = shape.length(-2);
    int columns = shape.length(-1);
    if (shape.rank() == 2) {
      multiply(0, 0, Matrix.rowMajor(out, offset, rows, columns));
      return;
    }
    Shape count = shape.without(-1).without(-1);
    int[] lefts = places(left, count);
    int[] rights = places(right, count);
    long products = (long) rows * columns * left.shape().length(transposeLeft ? -2 : -1);
    Parallel.forRange(
        count.size(),
        (int) Math.ceilDiv(Kernels.SHARED_PRODUCT, Math.max(products, 1)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = offset + i * rows * columns;
            multiply(lefts[i], rights[i], Matrix.rowMajor(out, at, rows, columns));
          }
        });
  }

  /** The product of the matrices at these places of the factors. */
  private void multiply(int leftPlace, int rightPlace, Matrix product) {
    Kernels.multiply(
        matrix(left, leftPlace, transposeLeft),
        matrix(right, rightPlace, transposeRight),
        product,
        false);
  }

  /** Where each of a factor's matrices begins, repeated to the wider count. */
  private static int[] places(Tensor factor, Shape count) {
    int size = factor.shape().length(-2) * factor.shape().length(-1);
    Walk walk =
        new Walk(count, Walk.broadcastStrides(matrices(factor), count), Walk.strides(count));
    int[] places = new int[count.size()];
    walk.forEach((from, to) -> {
      for (int i = 0; i < walk.length(); i++) {
        places[to + i] = (from + i * walk.firstStride()) * size;
      }
    });
    return places;
  }

  private static Matrix matrix(Tensor factor, int place, boolean transposed) {
    Shape shape = factor.shape();
    Matrix stored =
        Matrix.rowMajor(
            factor.array(), factor.offset() + place, shape.length(-2), shape.length(-1));
    return transposed ? stored.transposed() : stored;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(
        left,
        transposeLeft
            ? new MatMul(right, gradient, transposeRight, true)
            : new MatMul(gradient, right, false, !transposeRight));
    sink.add(
        right,
        transposeRight
            ? new MatMul(gradient, left, true, transposeLeft)
            : new MatMul(left, gradient, !transposeLeft, false));
  }
}
