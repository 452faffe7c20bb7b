package dev.descent.nn.layer;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;

/**
 * Brings each example to mean 0 and variance 1 over its innermost axes, then scales and shifts each
 * feature: {@code y = (x - mean) / sqrt(variance + epsilon) weight + bias} (Ba et al. 2016, "Layer
 * Normalization").
 *
 * @param weight of the normalised axes' shape: {@code [features]}
 * @param bias of the same shape
 * @param epsilon what keeps the root from zero, at least 0
 */
public record LayerNorm(Parameter weight, Parameter bias, float epsilon) implements Layer {
  /**
   * A layer that starts with weights of 1, biases of 0 and an epsilon of 1e-5, as PyTorch's does.
   *
   * @param axes the lengths of the innermost axes, those to normalise over; at least one
   */
  public static LayerNorm of(int... axes) {
    Shape shape = Shape.of(axes);
    return new LayerNorm(
        Parameter.of(Tensor.ones(shape)), Parameter.of(Tensor.zeros(shape)), 1e-5f);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return new dev.descent.core.op.LayerNorm(input, weight, bias, epsilon).evaluate();
  }

  @Override
  public Parts parts() {
    return new Parts().parameter("weight", weight).parameter("bias", bias);
  }
}
