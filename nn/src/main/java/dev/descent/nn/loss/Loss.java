package dev.descent.nn.loss;

import dev.descent.core.tensor.Tensor;
import java.util.function.Function;

/**
 * A number that says how wrong predictions are.
 *
 * <p>Losses combine. A model that learns several tasks at once gives the predictions for all of
 * them side by side; each part looks at its columns and its part of the target, and counts for as
 * much as it should:
 *
 * <pre>{@code
 * Loss<Digit> loss =
 *     new CrossEntropy().onColumns(0, 10).onTarget(Digit::label)
 *         .plus(new MeanSquaredError().onColumns(10, 11).onTarget(Digit::angle).times(0.1));
 * }</pre>
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

  /** The sum of this loss and another one, which may be a penalty on parameters. */
  default Loss<T> plus(Loss<? super T> other) {
    return (predictions, targets) -> of(predictions, targets).plus(other.of(predictions, targets));
  }

  /** This loss, so many times as important. */
  default Loss<T> times(double weight) {
    return (predictions, targets) -> of(predictions, targets).times((float) weight);
  }

  /**
   * This loss for some of the model's outputs: {@code [batch, ..., outputs]}, of which it sees
   * {@code [batch, ..., to - from]}.
   *
   * @param from the first column
   * @param to the column after the last one
   */
  default Loss<T> onColumns(int from, int to) {
    return (predictions, targets) -> of(predictions.slice(-1, from, to), targets);
  }

  /** This loss for one of several targets. */
  default <S> Loss<S> onTarget(Function<? super S, ? extends T> part) {
    return (predictions, targets) -> of(predictions, part.apply(targets));
  }
}
