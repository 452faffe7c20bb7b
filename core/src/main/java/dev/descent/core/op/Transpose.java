package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code Y = X^T}: a matrix with rows and columns exchanged, {@code [m, n] -> [n, m]}.
 *
 * <p>{@code dX = dY^T}.
 *
 * @param input {@code [m, n]}
 */
public record Transpose(Tensor input) implements Op {
  /**
   * Checks that the input is a matrix.
   *
   * @throws ShapeException if it is not
   */
  public Transpose {
    if (input.shape().rank() != 2) {
      throw new ShapeException("transpose", input.shape(), "expected a matrix [m, n]");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return Shape.of(input.shape().length(1), input.shape().length(0));
  }

  @Override
  public void forward(float[] out, int offset) {
    int rows = input.shape().length(0);
    int columns = input.shape().length(1);
    Kernels.transpose(input.array(), input.offset(), columns, rows, columns, out, offset, rows);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Transpose(gradient));
  }
}
