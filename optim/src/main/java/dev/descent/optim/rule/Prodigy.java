package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import dev.descent.optim.simd.ProdigyKernel;
import java.util.List;

/**
 * Prodigy: {@link AdamW} that finds its learning rate, an estimate d of the distance from the start
 * to the minimum.
 *
 * <pre>
 * x0 = theta                                 before the first step
 * beta3 = sqrt(beta2)
 * rate = d lr
 * numerator = beta3 numerator + d / d0 rate (sum of g (x0 - theta))
 * s = beta3 s + d / d0 rate g
 * m = beta1 m + (1 - beta1) d g
 * v = beta2 v + (1 - beta2) (d g)^2
 * d = max(d, coefficient numerator / (sum of |s|))
 * theta = theta - rate (m / (sqrt(v) + d epsilon) + weightDecay theta)
 * </pre>
 *
 * <p><b>Source.</b> K. Mishchenko and A. Defazio, "Prodigy: An Expeditiously Adaptive
 * Parameter-Free Learner", arXiv 2306.06101 (ICML 2024), algorithm 4, in the form of the authors'
 * code: without bias correction, with d0 divided out of the sums.
 *
 * <p><b>All together.</b> The sums go over all parameters of the optimizer, and there is one d for
 * all. Cut in two parameters, a parameter moves as before; in two optimizers it does not.
 *
 * <p><b>State.</b> x0, the parameter before its first step; s, m and v, zero at first; d, which is
 * d0 at first and never falls, and the numerator. Before the first gradient nothing moves, not even
 * by the decay.
 *
 * <p>The defaults are those of the authors' code: learning rate 1, betas 0.9 and 0.999, epsilon
 * 1e-8, no decay, d0 1e-6, coefficient 1. PyTorch and Keras do not have the rule.
 *
 * @param beta1 the weight of the past in the first moment, {@code 0 <= beta1 < 1}
 * @param beta2 the weight of the past in the second moment, {@code 0 <= beta2 < 1}
 * @param epsilon keeps the denominator from zero, {@code epsilon >= 0}
 * @param weightDecay as in {@link AdamW}, {@code weightDecay >= 0}
 * @param d0 the first estimate, {@code d0 > 0}
 * @param coefficient of the estimate, {@code coefficient > 0}
 */
public record Prodigy(
    double beta1, double beta2, double epsilon, double weightDecay, double d0, double coefficient)
    implements UpdateRule {
  /** The parameter before its first step. */
  public static final Slot X0 = Slot.zero("x0", "theta before the first step");

  /** The sum of gradients. */
  public static final Slot S = Slot.zero("s", "weighted sum of gradients");

  /** The first moment. */
  public static final Slot M = Adam.M;

  /** The second moment. */
  public static final Slot V = Adam.V;

  /** The distance. */
  public static final Slot D = Slot.zero("d", "estimate of the distance, after the step");

  /** How far the gradients pointed away from the start. */
  public static final Slot NUMERATOR = Slot.zero("numerator", "weighted sum of g (x0 - theta)");

  /** The distance before the step. */
  public static final Slot BEFORE = Slot.zero("before", "d before the step");

  /** The length of the step. */
  public static final Slot RATE = Slot.zero("rate", "d before the step, times lr");

  /** Checks the ranges. */
  public Prodigy {
    Check.belowOne("beta1", beta1);
    Check.belowOne("beta2", beta2);
    Check.notNegative("epsilon", epsilon);
    Check.notNegative("weightDecay", weightDecay);
    Check.positive("d0", d0);
    Check.positive("coefficient", coefficient);
  }

  /** The defaults of the authors' code. */
  public Prodigy() {
    this(0.9, 0.999, 1e-8, 0, 1e-6, 1);
  }

  @Override
  public List<Slot> slots() {
    return List.of(X0, S, M, V);
  }

  @Override
  public List<Slot> common() {
    return List.of(D.startingAt(d0), NUMERATOR, BEFORE, RATE);
  }

  @Override
  public boolean acrossParameters() {
    return true;
  }

  @Override
  public void prepare(Whole all) {
    double d = all.set(BEFORE, all.get(D));
    double rate = d * all.learningRate();
    double along = all.sum(c -> c.gradient() * (x0(c) - c.value()));
    double size = all.sum(c -> Math.abs(s(c)));
    if (size == 0) {
      all.set(RATE, 0);
    } else {
      double decayed = Math.sqrt(beta2) * all.get(NUMERATOR);
      double numerator = all.set(NUMERATOR, decayed + d / d0 * rate * along);
      all.set(D, Math.max(d, coefficient * numerator / size));
      all.set(RATE, rate);
    }
  }

  private static double x0(Coordinate c) {
    return c.step() == 1 ? c.value() : c.get(X0);
  }

  private double s(Coordinate c) {
    double d = c.get(BEFORE);
    return Math.sqrt(beta2) * c.get(S) + d / d0 * (d * c.learningRate()) * c.gradient();
  }

  @Override
  public double delta(Coordinate c) {
    double g = c.get(BEFORE) * c.gradient();
    c.set(X0, x0(c));
    c.set(S, s(c));
    double m = c.set(M, beta1 * c.get(M) + (1 - beta1) * g);
    double v = c.set(V, beta2 * c.get(V) + (1 - beta2) * g * g);
    double adam = Coordinate.ratio(m, Math.sqrt(v) + c.get(D) * epsilon);
    return -c.get(RATE) * (adam + weightDecay * c.value());
  }

  @Override
  public UpdateKernel kernel() {
    return new ProdigyKernel(this);
  }

  @Override
  public double defaultLearningRate() {
    return 1;
  }
}
