package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = x} where x is positive, else {@code alpha (e^x - 1)} (Clevert et al. 2015, "Fast and
 * Accurate Deep Network Learning by Exponential Linear Units"); -alpha at negative infinity, NaN
 * stays NaN.
 *
 * <p>{@code dx = dy} where x is positive, else {@code dy (y + alpha)}; so the derivative at zero is
 * alpha.
 *
 * @param input a tensor of any shape
 * @param alpha what -y tends to far below zero, finite
 */
public record Elu(Tensor input, float alpha) implements Op {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is infinite or NaN
   */
  public Elu {
    if (!Float.isFinite(alpha)) {
      throw new IllegalArgumentException("elu's alpha is " + alpha + "; expected a finite number");
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
    float[] number = {alpha};
    Kernels.binary(
        Binary.ELU, input.array(), input.offset(), 1, number, 0, 0, out, offset, input.size());
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor positive = input.greaterThan(Tensor.scalar(0));
    sink.add(input, new Where(positive, gradient, gradient.times(output.plus(alpha))));
  }
}
