package dev.descent.optim.stage;

import dev.descent.optim.SecondWeights;

/**
 * An average of the weights after each step, to use the model with: {@link
 * dev.descent.optim.Optimizer#averaged}. The training itself does not notice.
 *
 * <pre>
 * average = average + share(t) (theta - average)
 * </pre>
 */
@FunctionalInterface
public interface WeightAverage extends SecondWeights {
  /**
   * The share that the weights after a step get in the average.
   *
   * @param step which step it is: 1 for the first
   * @return from 0, if they do not count, to 1, if nothing before them does
   */
  double share(long step);

  @Override
  default void follow(
      long step, float[] weights, int offset, float[] second, int secondOffset, int length) {
    double share = share(step);
    if (share > 0) {
      for (int i = 0; i < length; i++) {
        int j = secondOffset + i;
        second[j] = (float) ((1 - share) * second[j] + share * weights[offset + i]);
      }
    }
  }

  @Override
  default boolean isAverage() {
    return true;
  }
}
