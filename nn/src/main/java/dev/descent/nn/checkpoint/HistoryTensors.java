package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.DataException;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of a run as tensors of a file, a number for each epoch: {@code history.train_loss}.
 * The validation is there if every epoch has one, with {@code history.confusion} as I64 {@code
 * [epochs, classes, classes]}.
 */
final class HistoryTensors {
  private static final String EXAMPLES = "history.examples";
  private static final String SECONDS = "history.seconds";
  private static final String TRAIN_LOSS = "history.train_loss";
  private static final String TRAIN_ACCURACY = "history.train_accuracy";
  private static final String VALIDATION_LOSS = "history.validation_loss";
  private static final String CONFUSION = "history.confusion";

  private HistoryTensors() {}

  static void write(List<Epoch> epochs, SafeTensorsWriter writer) {
    Shape shape = Shape.of(epochs.size());
    writer.put(EXAMPLES, shape, epochs.stream().mapToLong(Epoch::examples).toArray());
    writer.put(SECONDS, shape, epochs.stream().mapToDouble(Epoch::seconds).toArray());
    writer.put(TRAIN_LOSS, shape, epochs.stream().mapToDouble(Epoch::trainLoss).toArray());
    writer.put(TRAIN_ACCURACY, shape, epochs.stream().mapToDouble(Epoch::trainAccuracy).toArray());
    List<Evaluation> validations =
        epochs.stream().map(Epoch::validation).filter(Objects::nonNull).toList();
    if (!epochs.isEmpty() && validations.size() == epochs.size()) {
      writer.put(
          VALIDATION_LOSS, shape, validations.stream().mapToDouble(Evaluation::loss).toArray());
      writeConfusion(validations.stream().map(Evaluation::confusion).toList(), writer);
    }
  }

  private static void writeConfusion(List<ConfusionMatrix> matrices, SafeTensorsWriter writer) {
    int classes = matrices.getFirst().classes();
    long[] counts =
        matrices.stream()
            .flatMapToLong(matrix ->
                IntStream.range(0, classes * classes)
                    .mapToLong(i -> matrix.count(i / classes, i % classes)))
            .toArray();
    writer.put(CONFUSION, Shape.of(matrices.size(), classes, classes), counts);
  }

  static List<Epoch> read(SafeTensorsReader reader) {
    long[] examples = reader.longs(EXAMPLES);
    int epochs = examples.length;
    double[] seconds = reader.doubles(SECONDS);
    double[] losses = reader.doubles(TRAIN_LOSS);
    double[] accuracies = reader.doubles(TRAIN_ACCURACY);
    checkShape(SECONDS, Shape.of(epochs), reader);
    checkShape(TRAIN_LOSS, Shape.of(epochs), reader);
    checkShape(TRAIN_ACCURACY, Shape.of(epochs), reader);
    List<@Nullable Evaluation> validations = readValidations(epochs, reader);
    List<Epoch> history = new ArrayList<>();
    for (int i = 0; i < epochs; i++) {
      history.add(
          new Epoch(
              i + 1,
              Math.clamp(examples[i], 0, Integer.MAX_VALUE),
              seconds[i],
              losses[i],
              accuracies[i],
              validations.isEmpty() ? null : validations.get(i)));
    }
    return history;
  }

  /** An evaluation for each epoch, or none at all. */
  private static List<@Nullable Evaluation> readValidations(int epochs, SafeTensorsReader reader) {
    List<@Nullable Evaluation> validations = new ArrayList<>();
    if (!reader.names().contains(VALIDATION_LOSS)) {
      return validations;
    }
    double[] losses = reader.doubles(VALIDATION_LOSS);
    checkShape(VALIDATION_LOSS, Shape.of(epochs), reader);
    Shape shape = reader.shape(CONFUSION);
    int classes = shape.rank() == 0 ? 1 : Math.max(1, shape.length(-1));
    checkShape(CONFUSION, Shape.of(epochs, classes, classes), reader);
    long[] counts = reader.longs(CONFUSION);
    for (int i = 0; i < epochs; i++) {
      ConfusionMatrix confusion = new ConfusionMatrix(classes);
      for (int j = 0; j < classes * classes; j++) {
        confusion.add(j / classes, j % classes, Math.max(0, counts[i * classes * classes + j]));
      }
      validations.add(new Evaluation(losses[i], confusion));
    }
    return validations;
  }

  private static void checkShape(String name, Shape expected, SafeTensorsReader reader) {
    if (!reader.shape(name).equals(expected)) {
      throw new DataException(
          reader.source(),
          "holds %s of shape %s; expected %s".formatted(name, reader.shape(name), expected));
    }
  }
}
