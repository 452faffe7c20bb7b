package dev.descent.optim;

/**
 * A stage that keeps a second set of weights and acts after each step, on one parameter after the
 * other. Those of this project are in {@link dev.descent.optim.stage}.
 */
public non-sealed interface SecondWeights extends Stage {
  /**
   * Lets the second weights follow the weights, or the weights the second ones: some coordinates,
   * none depending on another. Ranges of a parameter may be on several threads at once.
   *
   * @param step which step of the parameter has been taken: 1 for the first
   * @param weights the parameter's values after the step, from {@code offset} on
   * @param offset the index of the first value
   * @param second the second weights, from {@code secondOffset} on; before the first step, the
   *     values as they were then
   * @param secondOffset the index of the first second weight
   * @param length how many coordinates
   */
  void follow(long step, float[] weights, int offset, float[] second, int secondOffset, int length);

  /**
   * Whether the second weights are those to use the model with, which {@link Optimizer#averaged}
   * puts in the place of the first ones.
   */
  boolean isAverage();
}
