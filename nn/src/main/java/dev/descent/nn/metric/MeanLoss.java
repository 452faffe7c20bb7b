package dev.descent.nn.metric;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.loss.Loss;

/**
 * The mean of a loss over all examples; NaN if there are none. For a part of what is learned from,
 * or for a loss that is watched and not learned from:
 *
 * <pre>{@code
 * trainer.measuring("penalty", () -> new MeanLoss<>(penalty))
 * }</pre>
 *
 * @param <T> what predictions are compared with
 */
public final class MeanLoss<T> implements Metric<T> {
  private final Loss<? super T> loss;
  private double sum;
  private long examples;

  /**
   * Nothing is counted yet.
   *
   * @param loss a mean over the batch, as losses are; no gradients are kept for it
   */
  public MeanLoss(Loss<? super T> loss) {
    this.loss = loss;
  }

  @Override
  public void add(Tensor predictions, T targets) {
    int size = predictions.shape().length(0);
    double mean = NoGradient.of(() -> loss.of(predictions, targets)).item();
    sum += size == 0 ? 0 : size * mean;
    examples += size;
  }

  @Override
  public double value() {
    return sum / examples;
  }
}
