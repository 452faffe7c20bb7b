package dev.descent.nn.layer;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/** Joins all axes but the first: {@code [batch, ...] -> [batch, features]}. */
public record Flatten() implements Layer {
  @Override
  public Tensor forward(Tensor input, Pass pass) {
    if (input.shape().rank() == 0) {
      throw new ShapeException("flatten", input.shape(), "expected [batch, ...]");
    }
    return input.reshape(input.shape().length(0), input.shape().without(0).size());
  }
}
