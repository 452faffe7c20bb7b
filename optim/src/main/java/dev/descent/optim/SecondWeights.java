package dev.descent.optim;

/**
 * A stage that keeps a second set of weights and acts after each step, on one parameter after the
 * other. Those of this project are in {@link dev.descent.optim.stage}.
 */
public non-sealed interface SecondWeights extends Stage {
  /**
   * Lets the second weights follow the weights, or the weights the second ones.
   *
   * @param step which step of the parameter has been taken: 1 for the first
   * @param weights the parameter's values after the step, from {@code offset} on
   * @param offset the index of the first value
   * @param second the second weights, from 0 on; before the first step, the values as they were
   *     then
   * @param length how many values the parameter has
   */
  void follow(long step, float[] weights, int offset, float[] second, int length);

  /**
   * Whether the second weights are those to use the model with, which {@link Optimizer#averaged}
   * puts in the place of the first ones.
   */
  boolean isAverage();
}
