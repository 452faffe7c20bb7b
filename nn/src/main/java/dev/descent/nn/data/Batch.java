package dev.descent.nn.data;

import dev.descent.core.tensor.Tensor;

/**
 * Some examples to learn from in one step.
 *
 * @param inputs one example per row: {@code [size, ...]}
 * @param targets what should come out of each: the class, where they are from a {@link Dataset}
 * @param <T> all targets together
 */
public record Batch<T>(Tensor inputs, T targets) {

  /** The number of examples. */
  public int size() {
    return inputs.shape().length(0);
  }
}
