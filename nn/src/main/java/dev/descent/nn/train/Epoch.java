package dev.descent.nn.train;

import org.jspecify.annotations.Nullable;

/**
 * What one epoch of training came to.
 *
 * @param number the number of the epoch, from 1
 * @param examples the examples learned from: all of them, unless a callback ended the epoch
 * @param seconds the time spent on training, without callbacks and validation
 * @param training the model on the epoch's examples, each at the moment it was learned from
 * @param validation the model on the validation data after the epoch; null if there are none
 */
public record Epoch(
    int number,
    int examples,
    double seconds,
    Evaluation training,
    @Nullable Evaluation validation) {
  /** The mean loss over the epoch's examples, each at the moment it was learned from. */
  public double trainLoss() {
    return training.loss();
  }

  /**
   * The part of them that was predicted right at that moment, 0 to 1.
   *
   * @throws IllegalArgumentException if that was not measured
   */
  public double trainAccuracy() {
    return training.accuracy();
  }

  /**
   * The validation.
   *
   * @throws IllegalStateException if there was none
   */
  public Evaluation validated() {
    if (validation == null) {
      throw new IllegalStateException(
          "epoch %d has no validation; expected fit with validation data".formatted(number));
    }
    return validation;
  }
}
