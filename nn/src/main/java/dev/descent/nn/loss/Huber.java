package dev.descent.nn.loss;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;

/**
 * A squared error that goes on as a straight line, so that outliers pull no harder than others: the
 * mean over all elements of
 *
 * <pre>
 * r = prediction - target
 * loss = r^2 / 2                  where |r| &lt;= delta
 *        delta (|r| - delta / 2)  elsewhere
 * </pre>
 *
 * <p>(Huber 1964, "Robust Estimation of a Location Parameter"). PyTorch's {@code HuberLoss};
 * divided by delta it is its {@code SmoothL1Loss}. Predictions and targets have the same shape.
 *
 * @param delta where the line begins; finite, greater than 0
 */
public record Huber(double delta) implements Loss<Tensor> {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if delta is outside it
   */
  public Huber {
    Check.positive("delta", delta);
  }

  /** The line begins at an error of 1. */
  public Huber() {
    this(1);
  }

  /**
   * The loss.
   *
   * @throws ShapeException if the shapes differ
   */
  @Override
  public Tensor of(Tensor predictions, Tensor targets) {
    Elements.check("huber", predictions, targets);
    Tensor error = predictions.minus(targets);
    // With c = clamp(r): c (r - c / 2) is r^2 / 2 inside, and delta (|r| - delta / 2) outside.
    Tensor clamped = error.clamp((float) -delta, (float) delta);
    return clamped.times(error.minus(clamped.times(0.5f))).mean();
  }
}
