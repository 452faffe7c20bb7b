package dev.descent.core.kernel;

/** The functions of two elements that a kernel applies to whole arrays. */
public enum Binary {
  /** {@code a + b}. */
  ADD,
  /** {@code a - b}. */
  SUBTRACT,
  /** {@code a b}. */
  MULTIPLY,
  /** {@code a / b}. */
  DIVIDE,
  /** {@code a} where b is positive, else 0: how a gradient passes a rectifier. */
  GATE,
  /** 1 where a equals b, else 0; NaN equals nothing. */
  EQUAL,
  /** The greater of both; NaN if either is. */
  MAXIMUM,
  /** The lesser of both; NaN if either is. */
  MINIMUM,
  /** 1 where a is greater than b, else 0; NaN compares with nothing. */
  GREATER,
  /** 1 where a is greater than b or equal, else 0; NaN compares with nothing. */
  AT_LEAST,
  /** {@code a^b}, as {@link StrictMath#pow} has it, rounded to float. */
  POWER,
  /** {@code a} where it is positive, else {@code a b}. */
  LEAKY_RELU,
  /** {@code a} where it is positive, else {@code b (e^a - 1)}. */
  ELU
}
