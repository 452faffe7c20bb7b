package dev.descent.nn.metric;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each other one. Counts add up over batches. As a {@link
 * Metric}, its value is the accuracy.
 */
public final class ConfusionMatrix implements Metric<Indices> {
  private final long[][] counts;

  /**
   * A matrix of zeros.
   *
   * @param classes the number of classes, at least 1
   * @throws IllegalArgumentException if it is not
   */
  public ConfusionMatrix(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("classes is " + classes + "; expected at least 1");
    }
    counts = new long[classes][classes];
  }

  /**
   * Counts a batch.
   *
   * @param logits {@code [batch, classes]}; the {@link #argMax} of a row is the prediction
   * @param labels the right classes
   * @throws ShapeException if the logits are not a row of so many classes for each label
   * @throws IllegalArgumentException if a label is not a class; nothing is counted then
   */
  @Override
  public void add(Tensor logits, Indices labels) {
    if (logits.shape().rank() != 2
        || logits.shape().length(0) != labels.length()
        || logits.shape().length(1) != counts.length) {
      throw new ShapeException(
          "confusionMatrix",
          logits.shape(),
          "expected [" + labels.length() + ", " + counts.length + "]");
    }
    for (int i = 0; i < labels.length(); i++) {
      if (labels.get(i) < 0 || labels.get(i) >= counts.length) {
        throw new IllegalArgumentException(
            "confusionMatrix: label %d of example %d; expected 0 to %d"
                .formatted(labels.get(i), i, counts.length - 1));
      }
    }
    for (int i = 0; i < labels.length(); i++) {
      counts[labels.get(i)][argMax(logits, i)]++;
    }
  }

  /**
   * Counts examples of one class that were taken for another, or for itself.
   *
   * @param examples how many, 0 or more
   * @throws IllegalArgumentException if there are fewer
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public void add(int label, int prediction, long examples) {
    if (examples < 0) {
      throw new IllegalArgumentException("examples is " + examples + "; expected at least 0");
    }
    counts[label][prediction] += examples;
  }

  /**
   * The class that a row of logits predicts: the greatest, the first one of several equally great.
   * NaN counts as greater than any number, as in PyTorch and NumPy.
   */
  public static int argMax(Tensor logits, int row) {
    int classes = logits.shape().length(1);
    int start = logits.offset() + row * classes;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      float value = logits.array()[start + c];
      float greatest = logits.array()[start + best];
      if (value > greatest || (Float.isNaN(value) && !Float.isNaN(greatest))) {
        best = c;
      }
    }
    return best;
  }

  /** The number of classes. */
  public int classes() {
    return counts.length;
  }

  /** How many examples of one class were taken for another. */
  public long count(int label, int prediction) {
    return counts[label][prediction];
  }

  /** How many examples were counted. */
  public long total() {
    long total = 0;
    for (int label = 0; label < counts.length; label++) {
      total += total(label);
    }
    return total;
  }

  /** How many examples of one class were counted. */
  public long total(int label) {
    long total = 0;
    for (long count : counts[label]) {
      total += count;
    }
    return total;
  }

  /** The part of all examples that was predicted right, 0 to 1; NaN if there are none. */
  public double accuracy() {
    long right = 0;
    for (int label = 0; label < counts.length; label++) {
      right += counts[label][label];
    }
    return (double) right / total();
  }

  /** The part of one class's examples that was predicted right, 0 to 1; NaN if there are none. */
  public double accuracy(int label) {
    return (double) counts[label][label] / total(label);
  }

  @Override
  public double value() {
    return accuracy();
  }

  /** How many examples were taken for one class. */
  private long predicted(int prediction) {
    long total = 0;
    for (long[] label : counts) {
      total += label[prediction];
    }
    return total;
  }

  /**
   * The part of what was taken for a class that is of it, 0 to 1; NaN if nothing was taken for it.
   */
  public double precision(int prediction) {
    return (double) counts[prediction][prediction] / predicted(prediction);
  }

  /**
   * The part of a class's examples that was found, 0 to 1, which is its {@link #accuracy(int)}; NaN
   * if there are none.
   */
  public double recall(int label) {
    return accuracy(label);
  }

  /**
   * The harmonic mean of precision and recall, {@code 2 right / (examples + predictions)}, 0 to 1;
   * NaN if the class does not occur, neither as a label nor as a prediction.
   */
  public double f1(int label) {
    return 2.0 * counts[label][label] / (total(label) + predicted(label));
  }

  /** The precision of all classes. */
  public double precision(Average average) {
    return of(average, this::precision);
  }

  /** The recall of all classes. */
  public double recall(Average average) {
    return of(average, this::recall);
  }

  /** The F1 of all classes: of {@link Average#MACRO}, the mean of each class's F1. */
  public double f1(Average average) {
    return of(average, this::f1);
  }

  private double of(Average average, IntToDoubleFunction number) {
    return switch (average) {
      case MACRO ->
          IntStream.range(0, counts.length)
              .filter(label -> total(label) + predicted(label) > 0)
              .mapToDouble(number)
              .map(value -> Double.isNaN(value) ? 0 : value)
              .average()
              .orElse(Double.NaN);
      // Each example is of one class and taken for one, so all sums of counts are the same.
      case MICRO -> accuracy();
    };
  }
}
