package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * Elements chosen along an axis: {@code y[i][j][k] = x[i][index[i][j][k]][k]} for axis 1, as
 * PyTorch's gather.
 *
 * <p>{@code dx} is {@code dy} added up where the elements came from.
 *
 * @param input a tensor with at least one axis
 * @param axis the axis, counted from the front
 * @param indices for each element of the result, row-major, where along the axis it is
 * @param shape the result's shape: the input's but for the axis, which may have any length
 */
public record Gather(Tensor input, int axis, Indices indices, Shape shape) implements Op {
  /**
   * Checks that the elements exist.
   *
   * @throws IndexOutOfBoundsException if there is no such axis
   * @throws dev.descent.core.tensor.ShapeException if the shapes do not fit, or an index is outside
   */
  public Gather {
    AlongAxis.check("gather", input.shape(), axis, indices, shape);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(float[] out, int offset) {
    AlongAxis.forEach(
        input.shape(),
        axis,
        indices,
        shape,
        (chosen, whole) -> out[offset + chosen] = input.array()[input.offset() + whole]);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new ScatterAdd(gradient, axis, indices, input.shape()));
  }
}
