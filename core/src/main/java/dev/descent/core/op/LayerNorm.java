package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code y = n w + b} with {@code n = (x - mean x) r} and {@code r = 1 / sqrt(variance x +
 * epsilon)}, mean and variance (of a whole population) taken over the innermost axes, those that
 * the weight has (Ba et al. 2016, "Layer Normalization"). A row with an infinity or NaN in it is
 * NaN all over.
 *
 * <p>{@code dx = r (g - mean g - n mean(g n))} with {@code g = dy w}; {@code dw = dy n} and {@code
 * db = dy}, summed over the outer axes.
 *
 * @param input {@code [..., normalised axes]}
 * @param weight of the normalised axes' shape, which has at least one
 * @param bias of the same shape
 * @param epsilon what keeps the root from zero, at least 0
 */
public record LayerNorm(Tensor input, Tensor weight, Tensor bias, float epsilon) implements Op {
  /**
   * Checks that the shapes fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if epsilon is negative, infinite or NaN
   */
  public LayerNorm {
    int normalised = weight.shape().rank();
    boolean fits = normalised > 0 && normalised <= input.shape().rank();
    for (int axis = 1; fits && axis <= normalised; axis++) {
      fits = input.shape().length(-axis) == weight.shape().length(-axis);
    }
    if (!fits) {
      throw new ShapeException(
          "layerNorm",
          input.shape(),
          weight.shape(),
          "expected a weight with the shape of the input's innermost axes");
    }
    if (!bias.shape().equals(weight.shape())) {
      throw new ShapeException(
          "layerNorm", weight.shape(), bias.shape(), "expected weight and bias of one shape");
    }
    Moments.checkEpsilon(epsilon);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, weight, bias);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    Kernels.layerNorm(
        input.array(),
        input.offset(),
        epsilon,
        weight.array(),
        weight.offset(),
        bias.array(),
        bias.offset(),
        out,
        offset,
        input.size(),
        weight.size());
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Axes inner = innermost(weight.shape().rank());
    Tensor centered = input.minus(Moments.mean(input, inner));
    Tensor scale = Moments.mean(centered.square(), inner).plus(epsilon).rsqrt();
    Tensor standard = centered.times(scale);
    if (sink.needs(input)) {
      Tensor weighted = gradient.times(weight);
      Tensor along = standard.times(Moments.mean(weighted.times(standard), inner));
      Tensor rest = weighted.minus(Moments.mean(weighted, inner)).minus(along);
      sink.add(input, new Multiply(scale, rest));
    }
    sink.add(weight, new Multiply(gradient, standard));
    sink.add(bias, gradient);
  }

  private Axes innermost(int n) {
    return Axes.of(input.shape(), IntStream.rangeClosed(1, n).map(axis -> -axis).toArray());
  }
}
