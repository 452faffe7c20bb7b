package dev.descent.optim.stage;

import dev.descent.optim.Coordinate;
import dev.descent.optim.setting.Check;

/**
 * An average of the weights in which each step counts less the longer ago it is (EMA).
 *
 * <pre>
 * average = sum of decay^(t - s) theta_s / sum of decay^(t - s)        over the steps s = 1 to t
 * </pre>
 *
 * <p><b>Source.</b> Common practice; the correction for the start is that of Adam's moments, and
 * optax's {@code ema} has it. The average of one step is that step's weights. PyTorch's {@code
 * get_ema_multi_avg_fn} has no correction: there the first step's weights count {@code 1 / (1 -
 * decay)} times as much as here.
 *
 * @param decay how much less a step counts than the one after it, {@code 0 <= decay < 1}; about
 *     {@code 1 / (1 - decay)} steps make up the average
 */
public record ExponentialAverage(double decay) implements WeightAverage {
  /** Checks the range. */
  public ExponentialAverage {
    Check.belowOne("decay", decay);
  }

  @Override
  public double share(long step) {
    return (1 - decay) / (1 - Coordinate.power(decay, step));
  }
}
