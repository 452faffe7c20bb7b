package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * A tensor with its axes in another order: axis i of the result is axis {@code order[i]} of the
 * input.
 *
 * <p>{@code dx = dy} with the axes put back.
 *
 * @param input a tensor of any shape
 * @param order each axis of the input once, counted from the front
 */
public record Permute(Tensor input, Indices order) implements Op {
  /**
   * Checks that the order names each axis once.
   *
   * @throws ShapeException if it does not
   */
  public Permute {
    int rank = input.shape().rank();
    boolean[] named = new boolean[rank];
    boolean fits = order.length() == rank;
    for (int i = 0; fits && i < rank; i++) {
      int axis = order.get(i);
      fits = axis >= 0 && axis < rank && !named[axis];
      if (fits) {
        named[axis] = true;
      }
    }
    if (!fits) {
      throw new ShapeException(
          "permute",
          input.shape(),
          "expected each axis from 0 to " + (rank - 1) + " once, but the order is " + order);
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    int[] lengths = new int[order.length()];
    for (int axis = 0; axis < lengths.length; axis++) {
      lengths[axis] = input.shape().length(order.get(axis));
    }
    return Shape.of(lengths);
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape shape = shape();
    int[] own = Walk.strides(input.shape());
    int[] strides = new int[order.length()];
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] = own[order.get(axis)];
    }
    Walk walk = new Walk(shape, strides, Walk.strides(shape));
    walk.forEach(
        (from, to) -> walk.copyRun(input.array(), input.offset() + from, out, offset + to));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    int[] back = new int[order.length()];
    for (int axis = 0; axis < back.length; axis++) {
      back[order.get(axis)] = axis;
    }
    sink.add(input, new Permute(gradient, Indices.of(back)));
  }
}
