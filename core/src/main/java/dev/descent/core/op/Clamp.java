package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = min(max(x, low), high)}; NaN stays NaN.
 *
 * <p>{@code dx = dy} where {@code low <= x <= high}, else 0.
 *
 * @param input a tensor of any shape
 * @param low the least result; negative infinity for no bound
 * @param high the greatest result, at least low; infinity for no bound
 */
public record Clamp(Tensor input, float low, float high) implements Op {
  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if low is greater than high or one is NaN
   */
  public Clamp {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "clamp from " + low + " to " + high + "; expected low <= high");
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
    int n = input.size();
    float[] bounds = {low, high};
    Kernels.binary(Binary.MAXIMUM, input.array(), input.offset(), 1, bounds, 0, 0, out, offset, n);
    Kernels.binary(Binary.MINIMUM, out, offset, 1, bounds, 1, 0, out, offset, n);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor inside = input.atLeast(Tensor.scalar(low)).times(Tensor.scalar(high).atLeast(input));
    sink.add(input, new Gate(gradient, inside));
  }
}
