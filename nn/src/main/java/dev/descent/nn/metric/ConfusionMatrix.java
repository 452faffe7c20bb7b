package dev.descent.nn.metric;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** How often each class was taken for each other one. Counts add up over batches. */
public final class ConfusionMatrix {
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
}
