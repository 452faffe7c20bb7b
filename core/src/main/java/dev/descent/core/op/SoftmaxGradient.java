package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.SoftmaxKernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code dx = y (dy - sum(y dy))} along the innermost axis: the derivative of {@link Softmax}.
 *
 * <p>Of g with respect to dx: {@code y (g - sum(y g))} to dy, which is the same operation, and
 * {@code g (dy - sum(y dy)) - dy sum(y g)} to y.
 *
 * @param softmax the probabilities y, {@code [..., classes]}
 * @param gradient dy, of the same shape
 */
public record SoftmaxGradient(Tensor softmax, Tensor gradient) implements Op {
  /**
   * Checks that the shapes fit.
   *
   * @throws ShapeException if they differ, or are scalars
   */
  public SoftmaxGradient {
    if (softmax.shape().rank() == 0 || !softmax.shape().equals(gradient.shape())) {
      throw new ShapeException(
          "softmaxGradient",
          softmax.shape(),
          gradient.shape(),
          "expected one shape of at least one axis");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(softmax, gradient);
  }

  @Override
  public Shape shape() {
    return softmax.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    int row = shape().length(-1);
    SoftmaxKernels.gradient(
        new Slice(softmax.array(), softmax.offset()),
        new Slice(gradient.array(), gradient.offset()),
        new Slice(out, offset),
        shape().without(-1).size(),
        row);
  }

  @Override
  public void backward(Tensor output, Tensor outer, GradientSink sink) {
    sink.add(gradient, new SoftmaxGradient(softmax, outer));
    if (sink.needs(softmax)) {
      Tensor inner = Softmax.sumAlongRows(softmax.times(gradient));
      Tensor along = Softmax.sumAlongRows(softmax.times(outer));
      Tensor first = outer.times(gradient.minus(inner));
      sink.add(softmax, new Subtract(first, gradient.times(along)));
    }
  }
}
