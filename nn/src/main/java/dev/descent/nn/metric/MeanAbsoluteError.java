package dev.descent.nn.metric;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/**
 * The mean of {@code |prediction - target|} over all elements, which have the target's unit; NaN if
 * there are none.
 */
public final class MeanAbsoluteError implements Metric<Tensor> {
  private double sum;
  private long elements;

  /** Nothing is counted yet. */
  public MeanAbsoluteError() {}

  /**
   * Counts a batch.
   *
   * @throws ShapeException if the shapes differ
   */
  @Override
  public void add(Tensor predictions, Tensor targets) {
    if (!predictions.shape().equals(targets.shape())) {
      throw new ShapeException(
          "meanAbsoluteError", predictions.shape(), targets.shape(), "expected equal shapes");
    }
    for (int i = 0; i < predictions.size(); i++) {
      double prediction = predictions.array()[predictions.offset() + i];
      sum += Math.abs(prediction - targets.array()[targets.offset() + i]);
    }
    elements += predictions.size();
  }

  @Override
  public double value() {
    return sum / elements;
  }
}
