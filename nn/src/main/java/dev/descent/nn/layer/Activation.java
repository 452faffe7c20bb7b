package dev.descent.nn.layer;

import dev.descent.core.tensor.Tensor;

/** A function of each element, between layers that have parameters. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}. */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID,
  /** {@code x} where it is positive, else {@code 0.01 x}. */
  LEAKY_RELU,
  /** {@code x} where it is positive, else {@code e^x - 1}. */
  ELU,
  /** {@code x Phi(x)}, where Phi is the normal distribution's cumulative function. */
  GELU,
  /** {@link #GELU} in its usual approximation by a hyperbolic tangent. */
  GELU_TANH,
  /** {@code x / (1 + e^-x)}, also called swish. */
  SILU,
  /** {@code ln(1 + e^x)}. */
  SOFTPLUS;

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return switch (this) {
      case RELU -> input.relu();
      case TANH -> input.tanh();
      case SIGMOID -> input.sigmoid();
      case LEAKY_RELU -> input.leakyRelu(0.01f);
      case ELU -> input.elu(1);
      case GELU -> input.gelu();
      case GELU_TANH -> input.geluTanh();
      case SILU -> input.silu();
      case SOFTPLUS -> input.softplus();
    };
  }
}
