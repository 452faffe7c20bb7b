package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * Tensors one after another along an axis.
 *
 * <p>Each gets its part of {@code dy}.
 *
 * @param inputs at least one tensor; their shapes differ along the axis only
 * @param axis the axis, counted from the front
 */
public record Concatenate(List<Tensor> inputs, int axis) implements Op {
  /**
   * Checks that the shapes fit, and keeps a copy of the list.
   *
   * @throws IllegalArgumentException if there are no tensors
   * @throws IndexOutOfBoundsException if there is no such axis
   * @throws ShapeException if the shapes differ along another axis
   */
  public Concatenate {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("concatenate needs at least one tensor");
    }
    Shape first = inputs.getFirst().shape();
    if (axis < 0 || axis >= first.rank()) {
      throw new IndexOutOfBoundsException(
          "concatenate along axis %d of shape %s; expected 0 to %d"
              .formatted(axis, first, first.rank() - 1));
    }
    for (Tensor input : inputs) {
      Shape other = input.shape();
      if (other.rank() != first.rank() || !other.with(axis, 0).equals(first.with(axis, 0))) {
        throw new ShapeException(
            "concatenate",
            first,
            other,
            "expected shapes that differ along axis " + axis + " only");
      }
    }
  }

  @Override
  public Shape shape() {
    int length = inputs.stream().mapToInt(input -> input.shape().length(axis)).sum();
    return inputs.getFirst().shape().with(axis, length);
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape whole = shape();
    int before = 0;
    for (Tensor input : inputs) {
      Window.copyInto(out, offset, whole, along(before), input);
      before += input.shape().length(axis);
    }
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    int before = 0;
    for (Tensor input : inputs) {
      sink.add(input, new Slice(gradient, along(before), input.shape()));
      before += input.shape().length(axis);
    }
  }

  private Indices along(int before) {
    int[] from = new int[inputs.getFirst().shape().rank()];
    from[axis] = before;
    return Indices.of(from);
  }
}
