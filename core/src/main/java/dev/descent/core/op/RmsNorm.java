package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.NormalizationKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = n w} with {@code n = x r} and {@code r = 1 / sqrt(mean(x^2) + epsilon)}, the mean
 * taken over the innermost axes, those that the weight has (Zhang and Sennrich 2019, "Root Mean
 * Square Layer Normalization"). A row with NaN in it is NaN all over.
 *
 * <p>{@code dx = r (g - n mean(g n))} with {@code g = dy w}; {@code dw = dy n}, summed over the
 * outer axes.
 *
 * @param input {@code [..., normalised axes]}
 * @param weight of the normalised axes' shape, which has at least one
 * @param epsilon what keeps the root from zero, at least 0
 */
public record RmsNorm(Tensor input, Tensor weight, float epsilon) implements Op {
  /**
   * Checks that the shapes fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if epsilon is negative, infinite or NaN
   */
  public RmsNorm {
    RowNorms.check("rmsNorm", input, weight, epsilon);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, weight);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    int row = weight.size();
    float[] means = new float[RowNorms.rows(input, weight)];
    float[] scales = new float[means.length];
    Slice x = RowNorms.slice(input);
    NormalizationKernels.moments(x, epsilon, false, means, scales, row);
    Slice noBias = new Slice(new float[row], 0);
    Slice y = new Slice(out, offset);
    NormalizationKernels.normalize(x, means, scales, RowNorms.slice(weight), noBias, y, row);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    if (sink.recorded()) {
      Axes inner = RowNorms.innermost(input, weight);
      Tensor scale = Moments.mean(input.square(), inner).plus(epsilon).rsqrt();
      Tensor standard = input.times(scale);
      Tensor weighted = gradient.times(weight);
      sink.add(input, RowNorms.inputGradient(weighted, inner, standard, scale, false));
      sink.add(weight, new Multiply(gradient, standard));
    } else {
      RowNorms.backward(input, weight, epsilon, false, gradient, sink);
    }
  }
}
