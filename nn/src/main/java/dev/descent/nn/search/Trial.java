package dev.descent.nn.search;

import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Split;

/**
 * Trains a model with a candidate's settings and says how it does on the examples held out.
 *
 * <p>Trials run at the same time: each makes its own model and optimizer. What it says should
 * depend on its arguments alone, so seeds come from there or are fixed.
 *
 * @param <C> what a candidate is
 * @param <T> what predictions are compared with
 */
@FunctionalInterface
public interface Trial<C, T> {
  /**
   * Tries a candidate.
   *
   * @param data what to learn from, and what to judge by
   * @return the less, the better, such as a loss; a score of which more is better with a minus. NaN
   *     is worse than any number
   * @throws dev.descent.nn.train.TrainingException if training fails with these settings, which
   *     counts as NaN
   */
  double of(C candidate, Split<Examples<T>> data);
}
