package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.metric.Metric;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The epochs of a run as tensors of a file, a number for each epoch: {@code history.seconds},
 * {@code history.training.loss}, {@code history.training.accuracy} or whatever was measured, and
 * the same of the validation if every epoch has one.
 */
final class HistoryTensors {
  private static final String EXAMPLES = "history.examples";
  private static final String SECONDS = "history.seconds";
  private static final String TRAINING = "history.training.";
  private static final String VALIDATION = "history.validation.";
  private static final String LOSS = "loss";

  private HistoryTensors() {}

  static void write(List<Epoch> epochs, SafeTensorsWriter writer) {
    Shape shape = Shape.of(epochs.size());
    writer.put(EXAMPLES, shape, epochs.stream().mapToLong(Epoch::examples).toArray());
    writer.put(SECONDS, shape, epochs.stream().mapToDouble(Epoch::seconds).toArray());
    write(TRAINING, epochs.stream().map(Epoch::training).toList(), writer);
    List<Evaluation> validations =
        epochs.stream().map(Epoch::validation).filter(Objects::nonNull).toList();
    if (!epochs.isEmpty() && validations.size() == epochs.size()) {
      write(VALIDATION, validations, writer);
    }
  }

  /** The losses, and the metrics that all of them have. */
  private static void write(String prefix, List<Evaluation> each, SafeTensorsWriter writer) {
    Shape shape = Shape.of(each.size());
    writer.put(prefix + LOSS, shape, each.stream().mapToDouble(Evaluation::loss).toArray());
    SequencedSet<String> names = new LinkedHashSet<>();
    each.stream().limit(1).forEach(first -> names.addAll(first.metrics().keySet()));
    each.forEach(evaluation -> names.retainAll(evaluation.metrics().keySet()));
    for (String name : names) {
      double[] values = each.stream().mapToDouble(evaluation -> evaluation.metric(name)).toArray();
      writer.put(prefix + name, shape, values);
    }
  }

  static List<Epoch> read(SafeTensorsReader reader) {
    long[] examples = reader.longs(EXAMPLES);
    double[] seconds = reader.doubles(SECONDS);
    checkLength(SECONDS, examples.length, reader);
    List<Evaluation> training = read(TRAINING, examples.length, reader);
    List<Evaluation> validation =
        reader.names().contains(VALIDATION + LOSS)
            ? read(VALIDATION, examples.length, reader)
            : List.of();
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < examples.length; i++) {
      epochs.add(
          new Epoch(
              i + 1,
              Math.clamp(examples[i], 0, Integer.MAX_VALUE),
              seconds[i],
              training.get(i),
              validation.isEmpty() ? null : validation.get(i)));
    }
    return epochs;
  }

  private static List<Evaluation> read(String prefix, int epochs, SafeTensorsReader reader) {
    SequencedMap<String, double[]> values = new LinkedHashMap<>();
    values.put(LOSS, reader.doubles(prefix + LOSS));
    for (String name : reader.names()) {
      if (name.startsWith(prefix)) {
        checkLength(name, epochs, reader);
        values.put(name.substring(prefix.length()), reader.doubles(name));
      }
    }
    double[] losses = Objects.requireNonNull(values.remove(LOSS));
    List<Evaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      SequencedMap<String, Metric<?>> metrics = new LinkedHashMap<>();
      for (String name : values.keySet()) {
        metrics.put(name, new Measured(Objects.requireNonNull(values.get(name))[i]));
      }
      evaluations.add(new Evaluation(losses[i], metrics));
    }
    return evaluations;
  }

  /** What a metric came to in an epoch that is over. */
  private record Measured(double value) implements Metric<Object> {
    @Override
    public void add(Tensor predictions, Object targets) {
      throw new UnsupportedOperationException("the epoch is over");
    }
  }

  private static void checkLength(String name, int epochs, SafeTensorsReader reader) {
    if (!reader.shape(name).equals(Shape.of(epochs))) {
      throw new DataException(
          reader.source(),
          "holds %s of shape %s; expected %s"
              .formatted(name, reader.shape(name), Shape.of(epochs)));
    }
  }
}
