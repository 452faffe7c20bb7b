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
  SIGMOID
}
