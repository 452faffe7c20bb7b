package dev.descent.optim.stage;

import dev.descent.optim.setting.Check;

/**
 * The mean of the weights after some of the steps: all of them, or those at regular distances from
 * a certain step on.
 *
 * <pre>
 * average = mean of theta_s        over s = start + period, start + 2 period, ...
 * </pre>
 *
 * <p><b>Source.</b> B. T. Polyak and A. B. Juditsky, "Acceleration of Stochastic Approximation by
 * Averaging" (1992), for all steps; P. Izmailov, D. Podoprikhin, T. Garipov, D. Vetrov and A. G.
 * Wilson, "Averaging Weights Leads to Wider Optima and Better Generalization", arXiv 1803.05407
 * (UAI 2018), algorithm 1, for the end of each period of a cyclic learning rate (SWA). PyTorch's
 * {@code AveragedModel}.
 *
 * <p>Until there is a step to average, the average is the weights themselves. Layers that keep
 * statistics of their inputs have to gather those anew for the averaged weights.
 *
 * @param start how many steps are left out; 0 or more
 * @param period the distance between steps; 1 or more
 */
public record UniformAverage(long start, long period) implements WeightAverage {
  /** Checks the ranges. */
  public UniformAverage {
    Check.stepsOrNone("start", start);
    Check.steps("period", period);
  }

  /** All steps: Polyak's average. */
  public UniformAverage() {
    this(0, 1);
  }

  @Override
  public double share(long step) {
    long averaged = Math.floorDiv(step - start, period);
    if (averaged < 1) {
      return 1;
    }
    return (step - start) % period == 0 ? 1.0 / averaged : 0;
  }
}
