package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Elements added up along an axis where they belong: {@code y[i][index[i][j][k]][k]} is the sum of
 * all {@code x[i][j][k]} for axis 1, as PyTorch's scatter_add to zeros. Elements that share a place
 * are added in row-major order; where none goes, there is 0.
 *
 * <p>{@code dx} is {@code dy} at the place where the element went.
 *
 * @param input a tensor with at least one axis
 * @param axis the axis, counted from the front
 * @param indices for each element of the input, row-major, where along the axis it goes
 * @param shape the result's shape: the input's but for the axis, which may have any length
 */
public record ScatterAdd(Tensor input, int axis, Indices indices, Shape shape) implements Op {
  /**
   * Checks that the elements have places to go to.
   *
   * @throws IndexOutOfBoundsException if there is no such axis
   * @throws dev.descent.core.tensor.ShapeException if the shapes do not fit, or an index is outside
   */
  public ScatterAdd {
    AlongAxis.check("scatterAdd", shape, axis, indices, input.shape());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(float[] out, int offset) {
    Arrays.fill(out, offset, offset + shape.size(), 0);
    AlongAxis.forEach(
        shape,
        axis,
        indices,
        input.shape(),
        (chosen, whole) -> out[offset + whole] += input.array()[input.offset() + chosen]);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Gather(gradient, axis, indices, input.shape()));
  }
}
