package dev.descent.nn.loss;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** The mean of {@code (prediction - target)^2} over all elements; both have the same shape. */
public record MeanSquaredError() implements Loss<Tensor> {
  /**
   * The mean squared error.
   *
   * @throws ShapeException if the shapes differ: broadcasting here would hide a mistake
   */
  @Override
  public Tensor of(Tensor predictions, Tensor targets) {
    Elements.check("meanSquaredError", predictions, targets);
    return predictions.minus(targets).square().mean();
  }
}
