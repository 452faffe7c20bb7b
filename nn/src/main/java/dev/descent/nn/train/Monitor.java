package dev.descent.nn.train;

/**
 * What callbacks judge an epoch by: a number of which less is better. A number of which more is
 * better, such as an accuracy, is taken with a minus.
 */
@FunctionalInterface
public interface Monitor {
  /** The loss of the validation data. */
  Monitor VALIDATION_LOSS = epoch -> epoch.validated().loss();

  /** The loss of the training data, where there are no others. */
  Monitor TRAINING_LOSS = Epoch::trainLoss;

  /** The number. */
  double of(Epoch epoch);

  /** A metric of the validation data of which less is better, such as an error. */
  static Monitor validationError(String metric) {
    return epoch -> epoch.validated().metric(metric);
  }

  /** A metric of the validation data of which more is better, such as an accuracy. */
  static Monitor validationScore(String metric) {
    return epoch -> -epoch.validated().metric(metric);
  }
}
