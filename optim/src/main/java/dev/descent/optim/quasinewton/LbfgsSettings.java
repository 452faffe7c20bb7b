package dev.descent.optim.quasinewton;

import dev.descent.optim.setting.Check;

/**
 * Settings of {@link Lbfgs}.
 *
 * @param learningRate the step that a line search tries first, {@code learningRate > 0}
 * @param iterations directions to take in a step, at most; {@code iterations >= 1}
 * @param evaluations of the loss in a step, after which no more direction is taken; {@code
 *     evaluations >= 1}
 * @param gradientTolerance a step ends where no derivative is larger, {@code gradientTolerance >=
 *     0}
 * @param changeTolerance a step ends where neither a coordinate nor the loss changes more, {@code
 *     changeTolerance >= 0}
 * @param history how many past directions are remembered, {@code history >= 1}
 */
public record LbfgsSettings(
    double learningRate,
    long iterations,
    long evaluations,
    double gradientTolerance,
    double changeTolerance,
    long history) {
  /** Checks the ranges. */
  public LbfgsSettings {
    Check.positive("learningRate", learningRate);
    Check.steps("iterations", iterations);
    Check.steps("evaluations", evaluations);
    Check.notNegative("gradientTolerance", gradientTolerance);
    Check.notNegative("changeTolerance", changeTolerance);
    Check.steps("history", history);
  }

  /** PyTorch's defaults: 1, 20 iterations, 25 evaluations, tolerances 1e-7 and 1e-9, 100. */
  public LbfgsSettings() {
    this(1, 20, 25, 1e-7, 1e-9, 100);
  }

  /** These settings with another learning rate. */
  public LbfgsSettings learningRate(double value) {
    return new LbfgsSettings(
        value, iterations, evaluations, gradientTolerance, changeTolerance, history);
  }

  /** These settings with another number of iterations, and 5/4 as many evaluations. */
  public LbfgsSettings iterations(long value) {
    return new LbfgsSettings(
        learningRate,
        value,
        Math.max(1, value * 5 / 4),
        gradientTolerance,
        changeTolerance,
        history);
  }

  /** These settings with another length of history. */
  public LbfgsSettings history(long value) {
    return new LbfgsSettings(
        learningRate, iterations, evaluations, gradientTolerance, changeTolerance, value);
  }
}
