package dev.descent.nn.train;

import java.util.SequencedMap;

/**
 * How far the running epoch is.
 *
 * @param epoch the number of the epoch, from 1
 * @param epochs the number of epochs planned
 * @param examples the examples learned from in this epoch
 * @param ofExamples the examples in an epoch
 * @param seconds the time spent on training in this epoch, without callbacks
 * @param loss the mean loss over those examples
 * @param metrics what else is measured of them, by name
 */
public record Progress(
    int epoch,
    int epochs,
    int examples,
    int ofExamples,
    double seconds,
    double loss,
    SequencedMap<String, Double> metrics) {
  /** The part of the examples that was predicted right, 0 to 1; NaN if that is not measured. */
  public double accuracy() {
    return metrics.getOrDefault(Evaluation.ACCURACY, Double.NaN);
  }
}
