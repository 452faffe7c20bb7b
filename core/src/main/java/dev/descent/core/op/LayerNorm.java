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
    RowNorms.check("layerNorm", input, weight, epsilon);
    if (!bias.shape().equals(weight.shape())) {
      throw new ShapeException(
          "layerNorm", weight.shape(), bias.shape(), "expected weight and bias of one shape");
    }
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
    if (sink.recorded()) {
      Axes inner = RowNorms.innermost(input, weight);
      Tensor centered = input.minus(Moments.mean(input, inner));
      Tensor scale = Moments.mean(centered.square(), inner).plus(epsilon).rsqrt();
      Tensor standard = centered.times(scale);
      Tensor weighted = gradient.times(weight);
      sink.add(input, RowNorms.inputGradient(weighted, inner, standard, scale, true));
      sink.add(weight, new Multiply(gradient, standard));
    } else {
      RowNorms.backward(input, weight, epsilon, true, gradient, sink);
    }
    sink.add(bias, gradient);
  }
}
