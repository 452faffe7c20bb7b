package dev.descent.nn.layer;

import dev.descent.core.op.Moments;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;

/**
 * Brings each example to a root mean square of 1 along its innermost axis, then scales each
 * feature: {@code y = x / sqrt(mean(x^2) + epsilon) weight}, {@code [..., features] -> [...,
 * features]} (Zhang and Sennrich 2019, "Root Mean Square Layer Normalization").
 *
 * @param weight {@code [features]}
 * @param epsilon what keeps the root from zero, at least 0
 */
public record RmsNorm(Parameter weight, float epsilon) implements Layer {
  /**
   * Checks epsilon.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public RmsNorm {
    Moments.checkEpsilon(epsilon);
  }

  /**
   * A layer that starts with weights of 1 and, as PyTorch's does, with the distance from 1 to the
   * next float as epsilon.
   *
   * @param features the length of the innermost axis
   */
  public static RmsNorm of(int features) {
    return new RmsNorm(Parameter.of(Tensor.ones(Shape.of(features))), Math.ulp(1f));
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return new dev.descent.core.op.RmsNorm(input, weight, epsilon).evaluate();
  }

  @Override
  public Parts parts() {
    return new Parts().parameter("weight", weight);
  }
}
