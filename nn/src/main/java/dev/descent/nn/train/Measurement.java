package dev.descent.nn.train;

import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.metric.Metric;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Counts batches, and what a model made of them.
 *
 * @param <T> what predictions are compared with
 */
final class Measurement<T> {
  private final SequencedMap<String, Metric<? super T>> metrics;
  private double lossSum;
  private int examples;

  Measurement(Measures<T> measures) {
    metrics = measures.start();
  }

  /**
   * Counts a batch.
   *
   * @param loss the mean over its examples
   */
  void add(Batch<T> batch, Tensor predictions, float loss) {
    metrics.values().forEach(metric -> metric.add(predictions, batch.targets()));
    lossSum += (double) loss * batch.size();
    examples += batch.size();
  }

  int examples() {
    return examples;
  }

  /** The mean loss over the examples counted; NaN if there are none. */
  double loss() {
    return lossSum / examples;
  }

  /** What the metrics say now. */
  SequencedMap<String, Double> values() {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    metrics.forEach((name, metric) -> values.put(name, metric.value()));
    return values;
  }

  /** What all came to; to be asked for when no more are counted. */
  Evaluation evaluation() {
    return new Evaluation(loss(), new LinkedHashMap<>(metrics));
  }
}
