package dev.descent.optim.stage;

import dev.descent.optim.SecondWeights;
import dev.descent.optim.setting.Check;

/**
 * Goes some steps ahead, then only a part of the way: slow weights follow the fast ones, which
 * start anew from there.
 *
 * <pre>
 * slow = slow + alpha (theta - slow)        after every period steps
 * theta = slow
 * </pre>
 *
 * <p><b>Source.</b> M. R. Zhang, J. Lucas, G. Hinton and J. Ba, "Lookahead Optimizer: k Steps
 * Forward, 1 Step Back", arXiv 1907.08610 (NeurIPS 2019), algorithm 1, with phi for slow and k for
 * period. What the rule remembers stays as it is, the first of the three ways that the paper tries.
 *
 * <p>The defaults are the paper's: alpha 0.5, period 5.
 *
 * @param alpha the part of the way, {@code 0 <= alpha <= 1}; with 1 nothing happens
 * @param period how many steps to look ahead; 1 or more
 */
public record Lookahead(double alpha, long period) implements SecondWeights {
  /** Checks the ranges. */
  public Lookahead {
    Check.share("alpha", alpha);
    Check.steps("period", period);
  }

  /** The paper's defaults. */
  public Lookahead() {
    this(0.5, 5);
  }

  @Override
  public void follow(
      long step, float[] weights, int offset, float[] second, int secondOffset, int length) {
    if (step % period == 0) {
      for (int i = 0; i < length; i++) {
        // Not slow + alpha (theta - slow), which for alpha = 1 would not always be theta.
        int j = secondOffset + i;
        float slow = (float) ((1 - alpha) * second[j] + alpha * weights[offset + i]);
        second[j] = slow;
        weights[offset + i] = slow;
      }
    }
  }

  @Override
  public boolean isAverage() {
    return false;
  }
}
