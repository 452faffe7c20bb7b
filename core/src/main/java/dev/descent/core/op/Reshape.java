package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * The same elements in the same order under another shape. The result shares the input's memory.
 *
 * <p>{@code dx = dy} in the input's shape.
 *
 * @param input a tensor of any shape
 * @param shape a shape of as many elements
 */
public record Reshape(Tensor input, Shape shape) implements Op {
  /**
   * Checks that the number of elements stays.
   *
   * @throws ShapeException if it does not
   */
  public Reshape {
    if (input.size() != shape.size()) {
      throw new ShapeException(
          "reshape", input.shape(), "its " + input.size() + " elements do not fill " + shape);
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Tensor evaluate() {
    return Tensor.view(this, input, shape);
  }

  @Override
  public void forward(float[] out, int offset) {
    System.arraycopy(input.array(), input.offset(), out, offset, input.size());
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new Reshape(gradient, input.shape()));
  }
}
