package dev.descent.nn.data;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;

/**
 * Some examples of a {@link Dataset} to learn from in one step.
 *
 * @param inputs one example per row: {@code [size, ...]}
 * @param labels the class of each example
 */
public record Batch(Tensor inputs, Indices labels) {

  /** The number of examples. */
  public int size() {
    return labels.length();
  }
}
