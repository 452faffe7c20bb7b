package dev.descent.nn.loss;

import dev.descent.core.tensor.Tensor;

/**
 * A number that says how wrong predictions are.
 *
 * @param <T> what predictions are compared with: class labels, or a tensor
 */
@FunctionalInterface
public interface Loss<T> {
  /**
   * The mean loss over a batch.
   *
   * @param predictions what the model gave, {@code [batch, ...]}
   * @param targets what it should have given
   * @return a scalar that gradients flow back from
   */
  Tensor of(Tensor predictions, T targets);
}
