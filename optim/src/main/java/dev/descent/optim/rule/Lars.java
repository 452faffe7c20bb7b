package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import dev.descent.optim.simd.LarsKernel;
import java.util.List;

/**
 * LARS: momentum whose learning rate is, for each parameter, a share of the ratio of the norms of
 * the parameter and of its gradient. Made for training with large batches.
 *
 * <pre>
 * trust = trustCoefficient |theta| / (|g| + weightDecay |theta| + epsilon)
 * trust = 1                                  where |theta| or the denominator is 0
 * v = momentum v + lr trust (g + weightDecay theta)
 * theta = theta - v
 * </pre>
 *
 * <p><b>Source.</b> Y. You, I. Gitman and B. Ginsburg, "Large Batch Training of Convolutional
 * Networks", arXiv 1708.03888 (2017), algorithm 1 and equation 6. The epsilon and the case of zero
 * norms, without which a parameter could not leave zero, are not in the paper; libraries have both.
 *
 * <p><b>The norms</b> are Euclidean and those of a whole parameter: cut in two, it has others.
 * optax takes the norm of {@code g + weightDecay theta} instead of the sum of both norms, which is
 * never less. PyTorch and Keras do not have the rule.
 *
 * <p><b>State.</b> v, zero at first; the trust ratio of the step, one number for the parameter. The
 * learning rate is inside v: after a change, old steps go on with the old one.
 *
 * <p>The defaults are the paper's: momentum 0.9, trust coefficient 0.001, weight decay 0.0005. It
 * has many learning rates; the default of 1 is ours, and makes the first step a thousandth of the
 * parameter.
 *
 * @param momentum the part of the velocity that stays, {@code 0 <= momentum <= 1}
 * @param trustCoefficient the length of a step of learning rate 1, as a share of the parameter's
 *     norm; {@code trustCoefficient >= 0}
 * @param epsilon added to the denominator, {@code epsilon >= 0}
 * @param weightDecay of an L2 penalty, {@code weightDecay >= 0}
 */
public record Lars(double momentum, double trustCoefficient, double epsilon, double weightDecay)
    implements UpdateRule {
  /** The velocity. */
  public static final Slot V = Momentum.V;

  /** The trust ratio. */
  public static final Slot TRUST = Slot.zero("trust", "ratio of norms, times the coefficient");

  /** Checks the ranges. */
  public Lars {
    Check.share("momentum", momentum);
    Check.notNegative("trustCoefficient", trustCoefficient);
    Check.notNegative("epsilon", epsilon);
    Check.notNegative("weightDecay", weightDecay);
  }

  /** The paper's defaults. */
  public Lars() {
    this(0.9, 0.001, 0, 5e-4);
  }

  @Override
  public List<Slot> slots() {
    return List.of(V);
  }

  @Override
  public List<Slot> common() {
    return List.of(TRUST);
  }

  @Override
  public void prepare(Whole whole) {
    double size = Math.sqrt(whole.squaredValues());
    double steepness = Math.sqrt(whole.squaredGradients()) + weightDecay * size + epsilon;
    whole.set(TRUST, size == 0 || steepness == 0 ? 1 : trustCoefficient * size / steepness);
  }

  @Override
  public double delta(Coordinate c) {
    double decayed = c.note("decayed", c.gradient() + weightDecay * c.value());
    return -c.set(V, momentum * c.get(V) + c.learningRate() * c.get(TRUST) * decayed);
  }

  @Override
  public UpdateKernel kernel() {
    return new LarsKernel(momentum, weightDecay);
  }

  @Override
  public double defaultLearningRate() {
    return 1;
  }
}
