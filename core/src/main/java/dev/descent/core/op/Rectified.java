package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Unary;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = max(z, 0)} of an operation's result z, which it takes the place of: {@link Relu}
 * without an array for z. For operations whose derivatives do not look at z.
 *
 * <p>{@code dz = dy} where y is positive, else 0.
 *
 * @param operation an {@link Affine}, a {@link Conv2d} or a {@link MaxPool2d}
 */
public record Rectified(Op operation) implements Op {
  /**
   * Checks which operation it is.
   *
   * @throws IllegalArgumentException if it is another one
   */
  public Rectified {
    boolean looksBack =
        !(operation instanceof Affine
            || operation instanceof Conv2d
            || operation instanceof MaxPool2d);
    if (looksBack) {
      throw new IllegalArgumentException(
          "rectified %s; expected Affine, Conv2d or MaxPool2d"
              .formatted(operation.getClass().getSimpleName()));
    }
  }

  @Override
  public List<Tensor> inputs() {
    return operation.inputs();
  }

  @Override
  public Shape shape() {
    return operation.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    operation.forward(out, offset);
    Kernels.unary(Unary.RELU, out, offset, out, offset, shape().size());
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    operation.backward(output, sink.evaluate(new Gate(gradient, output)), sink);
  }
}
