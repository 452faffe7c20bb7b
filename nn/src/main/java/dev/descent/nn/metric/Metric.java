package dev.descent.nn.metric;

import dev.descent.core.tensor.Tensor;

/**
 * A number that tells how good predictions are. It counts batches, one after the other, and says
 * what they come to; each count is an object of its own.
 *
 * @param <T> what predictions are compared with: class labels, or a tensor
 */
public interface Metric<T> {
  /**
   * Counts a batch.
   *
   * @param predictions what the model gave, {@code [batch, ...]}
   * @param targets what it should have given
   */
  void add(Tensor predictions, T targets);

  /** What all counted batches come to; NaN where that is not defined. */
  double value();
}
