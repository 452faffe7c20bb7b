package dev.descent.nn.layer;

import dev.descent.core.tensor.Tensor;

/** A function of each element, between layers that have parameters. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}. */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID;

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return switch (this) {
      case RELU -> input.relu();
      case TANH -> input.tanh();
      case SIGMOID -> input.sigmoid();
    };
  }
}
