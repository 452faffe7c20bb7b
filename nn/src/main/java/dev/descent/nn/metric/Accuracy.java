package dev.descent.nn.metric;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/**
 * The part of all examples that was predicted right, 0 to 1; NaN if there are none. Predictions are
 * scores {@code [batch, classes]}, of which the {@link ConfusionMatrix#argMax greatest} counts.
 */
public final class Accuracy implements Metric<Indices> {
  private long right;
  private long total;

  /** Nothing is counted yet. */
  public Accuracy() {}

  /**
   * Counts a batch.
   *
   * @throws ShapeException if there is not a row of scores for each label
   */
  @Override
  public void add(Tensor scores, Indices labels) {
    if (scores.shape().rank() != 2 || scores.shape().length(0) != labels.length()) {
      throw new ShapeException(
          "accuracy", scores.shape(), "expected [" + labels.length() + ", classes]");
    }
    for (int i = 0; i < labels.length(); i++) {
      right += ConfusionMatrix.argMax(scores, i) == labels.get(i) ? 1 : 0;
    }
    total += labels.length();
  }

  @Override
  public double value() {
    return (double) right / total;
  }
}
