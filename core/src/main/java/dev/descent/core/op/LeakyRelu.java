package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = x} where x is positive, else {@code slope x} (Maas et al. 2013, "Rectifier
 * Nonlinearities Improve Neural Network Acoustic Models"); NaN stays NaN.
 *
 * <p>{@code dx = dy} where x is positive, else {@code slope dy}; so the derivative at zero is the
 * slope.
 *
 * @param input a tensor of any shape
 * @param slope the slope below zero, finite
 */
public record LeakyRelu(Tensor input, float slope) implements Op {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public LeakyRelu {
    if (!Float.isFinite(slope)) {
      throw new IllegalArgumentException(
          "leakyRelu's slope is " + slope + "; expected a finite number");
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
    float[] number = {slope};
    Kernels.binary(
        Binary.LEAKY_RELU,
        input.array(),
        input.offset(),
        1,
        number,
        0,
        0,
        out,
        offset,
        input.size());
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor positive = input.greaterThan(Tensor.scalar(0));
    sink.add(input, new Where(positive, gradient, gradient.times(slope)));
  }
}
