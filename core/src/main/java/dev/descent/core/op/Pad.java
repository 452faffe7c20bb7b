package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as a window among zeros: the element at {@code before + index} is that of the input at
 * the index.
 *
 * <p>{@code dx = dy} inside the window.
 *
 * @param input a tensor of any shape
 * @param before how many zeros there are before it along each axis
 * @param shape the result's shape
 */
public record Pad(Tensor input, Indices before, Shape shape) implements Op {
  /**
   * Checks that the input fits in.
   *
   * @throws dev.descent.core.tensor.ShapeException if it does not
   */
  public Pad {
    Window.check("pad", input.shape(), before, shape);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(float[] out, int offset) {
    Arrays.fill(out, offset, offset + shape.size(), 0);
    Window.copyInto(out, offset, shape, before, input);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Slice(gradient, before, input.shape()));
  }
}
