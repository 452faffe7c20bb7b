package dev.descent.nn.loss;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** What is common to losses that compare element by element. */
final class Elements {
  private Elements() {}

  /** Checks that shapes are equal: broadcasting here would hide a mistake. */
  static void check(String loss, Tensor predictions, Tensor targets) {
    if (!predictions.shape().equals(targets.shape())) {
      throw new ShapeException(loss, predictions.shape(), targets.shape(), "expected equal shapes");
    }
  }
}
