package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * A window of a tensor: the element at an index is that of the input at {@code from + index}.
 *
 * <p>{@code dx = dy} inside the window, 0 outside.
 *
 * @param input a tensor of any shape
 * @param from the index of the window's first element
 * @param shape the window's shape
 */
public record Slice(Tensor input, Indices from, Shape shape) implements Op {
  /**
   * Checks that the window is inside.
   *
   * @throws dev.descent.core.tensor.ShapeException if it is not
   */
  public Slice {
    Window.check("slice", shape, from, input.shape());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(float[] out, int offset) {
    int start = input.offset() + Window.start(from, input.shape());
    Walk walk = new Walk(shape, Walk.strides(input.shape()), Walk.strides(shape));
    walk.forEach(
        (whole, inside) -> walk.copyRun(input.array(), start + whole, out, offset + inside));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Pad(gradient, from, input.shape()));
  }
}
