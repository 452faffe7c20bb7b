package dev.descent.nn.data;

import dev.descent.core.tensor.Tensor;

/**
 * What can be learned from: inputs, and for each of them what should come out. A {@link Dataset}
 * has class labels, a {@link TensorDataset} numbers; targets of any other form, such as several for
 * one input, are a record of yours that implements this.
 *
 * @param <T> all targets together, as a {@link dev.descent.nn.loss.Loss} takes them
 */
public interface Examples<T> {
  /** One example per row: {@code [size, ...]}. */
  Tensor inputs();

  /** What should come out, for each example. */
  T targets();

  /** The number of examples. */
  default int size() {
    return inputs().shape().length(0);
  }

  /**
   * The chosen examples, copied, in the order given.
   *
   * @param indices each from 0 below {@link #size()}; may repeat
   * @throws IndexOutOfBoundsException if there is no such example
   */
  Examples<T> subset(int... indices);
}
