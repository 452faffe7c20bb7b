package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.kernel.NormalizationKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * What normalisations over the innermost axes have in common: {@code y = n w + b} with {@code n =
 * (x - mean) r}, where the mean may be 0.
 */
final class RowNorms {
  private RowNorms() {}

  static void check(String operation, Tensor input, Tensor weight, float epsilon) {
    int normalised = weight.shape().rank();
    boolean fits = normalised > 0 && normalised <= input.shape().rank();
    for (int axis = 1; fits && axis <= normalised; axis++) {
      fits = input.shape().length(-axis) == weight.shape().length(-axis);
    }
    if (!fits) {
      throw new ShapeException(
          operation,
          input.shape(),
          weight.shape(),
          "expected a weight with the shape of the input's innermost axes");
    }
    Moments.checkEpsilon(epsilon);
  }

  /** The normalised axes. */
  static Axes innermost(Tensor input, Tensor weight) {
    int n = weight.shape().rank();
    return Axes.of(input.shape(), IntStream.rangeClosed(1, n).map(axis -> -axis).toArray());
  }

  static Slice slice(Tensor tensor) {
    return new Slice(tensor.array(), tensor.offset());
  }

  /** How many rows there are to normalise. */
  static int rows(Tensor input, Tensor weight) {
    return weight.size() == 0 ? 0 : input.size() / weight.size();
  }

  /** The gradients of input and weight, computed at once: for those who do not record them. */
  static void backward(
      Tensor input,
      Tensor weight,
      float epsilon,
      boolean centered,
      Tensor gradient,
      GradientSink sink) {
    int row = weight.size();
    float[] means = new float[rows(input, weight)];
    float[] scales = new float[means.length];
    Slice x = slice(input);
    Slice dy = slice(gradient);
    NormalizationKernels.moments(x, epsilon, centered, means, scales, row);
    if (sink.needs(input)) {
      float[] dx = sink.array(input.size());
      NormalizationKernels.inputGradient(
          x, means, scales, centered, slice(weight), dy, new Slice(dx, 0), row);
      sink.add(input, Tensor.of(input.shape(), dx));
    }
    if (sink.needs(weight)) {
      float[] dw = new float[row];
      NormalizationKernels.weightGradient(x, means, scales, dy, dw, row);
      sink.add(weight, Tensor.of(weight.shape(), dw));
    }
  }

  /**
   * {@code dx = r (g - mean g - n mean(g n))} in operations.
   *
   * @param centered whether the mean depended on x; if not, {@code mean g} is left out
   */
  static Multiply inputGradient(
      Tensor g, Axes normalised, Tensor standard, Tensor scale, boolean centered) {
    Tensor along = standard.times(Moments.mean(g.times(standard), normalised));
    Tensor rest = centered ? g.minus(Moments.mean(g, normalised)) : g;
    return new Multiply(scale, rest.minus(along));
  }
}
