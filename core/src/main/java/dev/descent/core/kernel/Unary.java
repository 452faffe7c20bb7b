package dev.descent.core.kernel;

/** The functions of one element that a kernel applies to whole arrays. */
public enum Unary {
  /** {@code -x}. */
  NEGATE,
  /** {@code e^x}. */
  EXP,
  /** The natural logarithm; NaN below zero. */
  LOG,
  /** The square root, correctly rounded; NaN below zero. */
  SQRT,
  /** {@code x} where it is positive or NaN, else 0. */
  RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID,
  /** The magnitude. */
  ABS,
  /** {@code 1 / sqrt(x)}; infinite at zero, NaN below. */
  RSQRT,
  /** {@code e^x - 1}. */
  EXPM1,
  /** {@code ln(1 + x)}; NaN below -1. */
  LOG1P,
  /** The sine. */
  SIN,
  /** The cosine. */
  COS,
  /** The error function. */
  ERF,
  /** {@code x Phi(x)}, where Phi is the normal distribution's cumulative function. */
  GELU,
  /** The derivative of {@link #GELU}. */
  GELU_SLOPE,
  /** {@code x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}. */
  GELU_TANH,
  /** {@code x / (1 + e^-x)}. */
  SILU,
  /** {@code ln(1 + e^x)}. */
  SOFTPLUS
}
