package dev.descent.nn.data;

import dev.descent.core.tensor.Tensor;
import java.util.Objects;
import java.util.stream.IntStream;

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

  /**
   * Examples side by side, to be read only: where the data set can, they share its memory. Unlike a
   * copy, they cost nothing, which an evaluation of all of them gains by.
   *
   * @param from the first example
   * @param to the one after the last
   * @throws IndexOutOfBoundsException if there are no such examples
   */
  default Examples<T> range(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    return subset(IntStream.range(from, to).toArray());
  }
}
