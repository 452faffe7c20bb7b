package dev.descent.optim.quasinewton;

/** A function to be minimised, with its gradient. */
@FunctionalInterface
public interface Objective {
  /**
   * Evaluates the function.
   *
   * @param point where; left alone
   * @param gradient where the derivatives go, as many as the point has coordinates
   * @return the value
   */
  double evaluate(double[] point, double[] gradient);
}
