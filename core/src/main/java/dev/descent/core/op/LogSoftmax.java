package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = x - max x - log sum(e^(x - max x))} along the innermost axis: the logarithm of the
 * softmax, exact where the softmax itself would round to 0 or 1.
 *
 * <p>{@code dx = dy - e^y sum(dy)}.
 *
 * @param input {@code [..., classes]}
 */
public record LogSoftmax(Tensor input) implements Op {
  /**
   * Checks that there is an axis to normalise.
   *
   * @throws ShapeException if the input is a scalar
   */
  public LogSoftmax {
    if (input.shape().rank() == 0) {
      throw new ShapeException("logSoftmax", input.shape(), "expected at least one axis");
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
    Kernels.logSoftmax(
        input.array(), input.offset(), out, offset, input.size(), input.shape().length(-1));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor total = Softmax.sumAlongRows(gradient);
    sink.add(input, new Subtract(gradient, output.exp().times(total)));
  }
}
