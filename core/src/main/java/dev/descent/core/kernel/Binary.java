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
  MAXIMUM
}
