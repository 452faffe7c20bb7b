package dev.descent.nn.train;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Examples;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.loss.Loss;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.metric.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How a model does on some data.
 *
 * @param loss the mean loss over all examples; NaN if there are none
 * @param metrics what else was measured, by name
 */
public record Evaluation(double loss, SequencedMap<String, Metric<?>> metrics) {
  /** The name under which accuracy is measured. */
  public static final String ACCURACY = "accuracy";

  /**
   * How many examples a model had better read at a time: as many as most training takes, so that
   * the first evaluation needs no loops that are not compiled yet. Later ones would be no faster
   * with more.
   */
  public static final int BATCH_SIZE = 32;

  /** Keeps a copy of the map. */
  public Evaluation {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }

  /**
   * How a classifier does.
   *
   * @param loss the mean loss over all examples
   * @param confusion how often each class was taken for each other one
   */
  public Evaluation(double loss, ConfusionMatrix confusion) {
    this(loss, new LinkedHashMap<>(Map.of(ACCURACY, confusion)));
  }

  /**
   * Evaluates a classifier, with its {@link #confusion}.
   *
   * @param model gives logits {@code [batch, classes]}
   * @param loss what the logits and labels are compared by
   * @param data the examples
   */
  public static Evaluation of(Layer model, Loss<Indices> loss, Dataset data) {
    return of(
        model,
        loss,
        data,
        new Measures<Indices>().with(ACCURACY, () -> new ConfusionMatrix(data.classes())));
  }

  /** Evaluates a model. */
  static <T> Evaluation of(Layer model, Loss<T> loss, Examples<T> data, Measures<T> measures) {
    Measurement<T> measurement = new Measurement<>(measures);
    for (int from = 0; from < data.size(); from += BATCH_SIZE) {
      Examples<T> some = data.range(from, Math.min(from + BATCH_SIZE, data.size()));
      Batch<T> batch = new Batch<>(some.inputs(), some.targets());
      NoGradient.run(() -> {
        Tensor predictions = model.forward(batch.inputs());
        measurement.add(batch, predictions, loss.of(predictions, batch.targets()).item());
      });
    }
    return measurement.evaluation();
  }

  /**
   * What a metric came to; NaN where that is not defined.
   *
   * @throws IllegalArgumentException if it was not measured
   */
  public double metric(String name) {
    Metric<?> metric = metrics.get(name);
    if (metric == null) {
      throw new IllegalArgumentException(
          "the metric %s was not measured; expected one of %s".formatted(name, metrics.keySet()));
    }
    return metric.value();
  }

  /**
   * The part of all examples that was predicted right, 0 to 1; NaN if there are none.
   *
   * @throws IllegalArgumentException if it was not measured
   */
  public double accuracy() {
    return metric(ACCURACY);
  }

  /**
   * How often each class was taken for each other one.
   *
   * @throws IllegalStateException if that was not counted
   */
  public ConfusionMatrix confusion() {
    for (Metric<?> metric : metrics.values()) {
      if (metric instanceof ConfusionMatrix confusion) {
        return confusion;
      }
    }
    throw new IllegalStateException(
        "no confusion matrix was measured; expected one among %s".formatted(metrics.keySet()));
  }
}
