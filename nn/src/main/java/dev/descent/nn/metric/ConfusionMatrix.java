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
   */
  public ConfusionMatrix(int classes) {
    counts = new long[classes][classes];
  }

  /**
   * Counts a batch.
   *
   * @param logits {@code [batch, classes]}; the greatest of a row is the prediction, the first one
   *     if several are equally great, and class 0 if all are NaN
   * @param labels the right classes
   * @throws ShapeException if the logits are not a row of so many classes for each label
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
      counts[labels.get(i)][argMax(logits, i)]++;
    }
  }

  /** The class that a row of logits predicts. */
  public static int argMax(Tensor logits, int row) {
    int classes = logits.shape().length(1);
    int start = logits.offset() + row * classes;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits.array()[start + c] > logits.array()[start + best]) {
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
