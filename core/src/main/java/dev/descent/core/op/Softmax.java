package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = e^x / sum(e^x)} along the innermost axis, computed from {@code x - max x} so that
 * nothing overflows.
 *
 * <p>{@code dx = y (dy - sum(y dy))}: {@link SoftmaxGradient}.
 *
 * @param input {@code [..., classes]}
 */
public record Softmax(Tensor input) implements Op {
  /**
   * Checks that there is an axis to normalise.
   *
   * @throws ShapeException if the input is a scalar
   */
  public Softmax {
    if (input.shape().rank() == 0) {
      throw new ShapeException("softmax", input.shape(), "expected at least one axis");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    Kernels.softmax(
        input.array(), input.offset(), out, offset, input.size(), input.shape().length(-1));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new SoftmaxGradient(output, gradient));
  }

  /** The sum along the innermost axis, which stays with length 1. */
  static Tensor sumAlongRows(Tensor tensor) {
    return new Sum(tensor, Axes.of(tensor.shape(), -1), true).evaluate();
  }
}
