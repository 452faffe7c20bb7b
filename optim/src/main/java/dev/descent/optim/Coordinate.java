package dev.descent.optim;

/**
 * One coordinate of one parameter during one step: all that a rule's specification sees.
 *
 * <p>Numbers are doubles here, whatever the precision in which parameters and slots are stored.
 */
public interface Coordinate {
  /** The derivative of the loss with respect to this coordinate. */
  double gradient();

  /** The coordinate's value before this step. */
  double value();

  /** The learning rate of this step; zero or greater. */
  double learningRate();

  /** Which step of this parameter it is: 1 for the first. */
  long step();

  /**
   * The slot's value: what the previous step left, or what this step has set. Or the value of one
   * of the rule's {@link UpdateRule#common} numbers.
   */
  double get(Slot slot);

  /**
   * Keeps a value for the next step. Common numbers are set by {@link UpdateRule#prepare} alone.
   *
   * @return the value, unrounded
   */
  double set(Slot slot, double value);

  /**
   * Names an intermediate result for whoever studies the rule; does nothing where nobody listens.
   *
   * @return the value
   */
  default double note(String name, double value) {
    return value;
  }

  /** {@code base} to the power of {@link #step()}, as bias corrections need it. */
  default double power(double base) {
    return power(base, step());
  }

  /**
   * {@code base} to the power of a whole number, by repeated squaring: the same bits on every
   * machine, and nothing allocated, unlike {@link StrictMath#pow}.
   *
   * @param exponent zero or greater
   * @return the power, to a relative error of {@code exponent} times 2^-52
   */
  static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }

  /**
   * {@code base} to the power of any number, by repeated squaring and repeated roots: the same bits
   * on every machine, and nothing allocated.
   *
   * @param base more than zero
   * @param exponent finite
   * @return the power, to a relative error of {@code 64 + |exponent|} times 2^-52
   */
  static double realPower(double base, double exponent) {
    double whole = Math.floor(Math.abs(exponent));
    double power = power(base, (long) whole);
    double root = base;
    for (double rest = Math.abs(exponent) - whole; rest > 0; rest = rest >= 1 ? rest - 1 : rest) {
      rest *= 2;
      root = Math.sqrt(root);
      power *= rest >= 1 ? root : 1;
    }
    return exponent < 0 ? 1 / power : power;
  }

  /**
   * {@code numerator / denominator}, where a denominator of zero gives zero. For rules that divide
   * by the root of accumulated squares: with an epsilon of zero, a coordinate that never had a
   * gradient stays where it is.
   */
  static double ratio(double numerator, double denominator) {
    return denominator == 0 ? 0 : numerator / denominator;
  }
}
