package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code Y = A B}, the matrix product {@code [m, k] x [k, n] -> [m, n]}, where either factor may be
 * read transposed without being moved.
 *
 * <p>{@code dA = dY B^T}, {@code dB = A^T dY}; the transpose of that for a transposed factor.
 *
 * @param left {@code [m, k]}, or {@code [k, m]} if transposed
 * @param right {@code [k, n]}, or {@code [n, k]} if transposed
 * @param transposeLeft whether the left factor is read transposed
 * @param transposeRight whether the right factor is read transposed
 */
public record MatMul(Tensor left, Tensor right, boolean transposeLeft, boolean transposeRight)
    implements Op {
  /**
   * Checks that the factors fit.
   *
   * @throws ShapeException if a factor is not a matrix or their inner lengths differ
   */
  public MatMul {
    if (left.shape().rank() != 2 || right.shape().rank() != 2) {
      throw new ShapeException(
          "matmul", left.shape(), right.shape(), "expected two matrices, [m, k] and [k, n]");
    }
    int leftInner = left.shape().length(transposeLeft ? 0 : 1);
    int rightInner = right.shape().length(transposeRight ? 1 : 0);
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
    return Shape.of(
        left.shape().length(transposeLeft ? 1 : 0), right.shape().length(transposeRight ? 0 : 1));
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape shape = shape();
    Kernels.multiply(
        matrix(left, transposeLeft),
        matrix(right, transposeRight),
        Matrix.rowMajor(out, offset, shape.length(0), shape.length(1)),
        false);
  }

  private static Matrix matrix(Tensor tensor, boolean transposed) {
    Matrix stored =
        Matrix.rowMajor(
            tensor.array(), tensor.offset(), tensor.shape().length(0), tensor.shape().length(1));
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
