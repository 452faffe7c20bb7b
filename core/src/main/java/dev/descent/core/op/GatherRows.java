package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y[i] = x[index[i]]}: some rows of a tensor, {@code [rows, ...] -> [n, ...]}.
 *
 * <p>{@code dx[r] = sum of dy[i] over all i with index[i] = r}.
 *
 * @param input {@code [rows, ...]}
 * @param indices n rows of the input; one may appear several times
 */
public record GatherRows(Tensor input, Indices indices) implements Op {
  /**
   * Checks that the rows exist.
   *
   * @throws ShapeException if the input has no axes or there is no such row
   */
  public GatherRows {
    Rows.check("gatherRows", input.shape(), indices);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return input.shape().with(0, indices.length());
  }

  @Override
  public void forward(float[] out, int offset) {
    int row = Rows.size(input.shape());
    for (int i = 0; i < indices.length(); i++) {
      System.arraycopy(
          input.array(), input.offset() + indices.get(i) * row, out, offset + i * row, row);
    }
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new ScatterAddRows(gradient, indices, input.shape()));
  }
}
