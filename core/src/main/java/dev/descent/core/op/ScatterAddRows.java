package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * {@code y[r] = sum of x[i] over all i with index[i] = r}: rows added up where they belong, {@code
 * [n, ...] -> [rows, ...]}. Rows that share a place are added in the order of i.
 *
 * <p>{@code dx[i] = dy[index[i]]}.
 *
 * @param input {@code [n, ...]}
 * @param indices where each of the n rows goes
 * @param shape {@code [rows, ...]}
 */
public record ScatterAddRows(Tensor input, Indices indices, Shape shape) implements Op {
  /**
   * Checks that the rows have places to go to.
   *
   * @throws ShapeException if there are not as many indices as rows, or one is outside the result
   */
  public ScatterAddRows {
    Rows.check("scatterAddRows", shape, indices);
    if (!input.shape().equals(shape.with(0, indices.length()))) {
      throw new ShapeException(
          "scatterAddRows", input.shape(), shape, "expected " + indices.length() + " rows alike");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(float[] out, int offset) {
    Arrays.fill(out, offset, offset + shape.size(), 0);
    int row = Rows.size(shape);
    for (int i = 0; i < indices.length(); i++) {
      int at = offset + indices.get(i) * row;
      Kernels.binary(
          Binary.ADD, out, at, 1, input.array(), input.offset() + i * row, 1, out, at, row);
    }
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new GatherRows(gradient, indices));
  }
}
