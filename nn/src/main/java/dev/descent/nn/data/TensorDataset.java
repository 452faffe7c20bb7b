package dev.descent.nn.data;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Objects;

/**
 * Examples whose targets are numbers, in memory: for regression, or for answers yes and no. Arrays
 * are wrapped, not copied, and immutable by convention, as in {@link Tensor}.
 *
 * @param inputs one example per row: {@code [size, ...]}
 * @param targets what should come out of each: {@code [size, ...]}
 */
public record TensorDataset(Tensor inputs, Tensor targets) implements Examples<Tensor> {
  /**
   * Checks that there are as many targets as inputs.
   *
   * @throws ShapeException if not, or if one has no axis
   */
  public TensorDataset {
    Shape in = inputs.shape();
    Shape out = targets.shape();
    if (in.rank() == 0 || out.rank() == 0 || in.length(0) != out.length(0)) {
      throw new ShapeException("tensorDataset", in, out, "expected [size, ...] of both");
    }
  }

  @Override
  public TensorDataset subset(int... indices) {
    return new TensorDataset(rows(inputs, indices), rows(targets, indices));
  }

  @Override
  public TensorDataset range(int from, int to) {
    return new TensorDataset(inputs.detachedRows(from, to), targets.detachedRows(from, to));
  }

  /**
   * Holds out examples chosen at random. Both parts keep the order of this data set.
   *
   * @param validationSize how many examples to hold out, 0 to {@link #size()}
   * @param seed the choice depends on it and on {@link #size()} alone
   * @throws IllegalArgumentException if there are not that many examples
   */
  public Split<TensorDataset> split(int validationSize, long seed) {
    return Split.atRandom(size(), validationSize, seed, this::subset);
  }

  /** A copy of some rows. */
  static Tensor rows(Tensor from, int... indices) {
    for (int index : indices) {
      Objects.checkIndex(index, from.shape().length(0));
    }
    return from.detach().gatherRows(indices);
  }

  /** The shapes, not the values. */
  @Override
  public String toString() {
    return "TensorDataset[inputs=" + inputs.shape() + ", targets=" + targets.shape() + "]";
  }
}
