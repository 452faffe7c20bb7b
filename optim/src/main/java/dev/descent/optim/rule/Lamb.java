package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import dev.descent.optim.simd.LambKernel;
import java.util.List;

/**
 * LAMB: {@link AdamW} whose step is, for each parameter, as long as the parameter itself, times the
 * learning rate. Made for training with large batches.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * mHat = m / (1 - beta1^t)
 * vHat = v / (1 - beta2^t)
 * u = mHat / (sqrt(vHat) + epsilon) + weightDecay theta
 * trust = |theta| / |u|                      1 where either norm is 0
 * theta = theta - lr trust u
 * </pre>
 *
 * <p><b>Source.</b> Y. You and others, "Large Batch Optimization for Deep Learning: Training BERT
 * in 76 minutes", arXiv 1904.00962 (ICLR 2020), algorithm 2, with the identity for its function
 * phi. Some versions limit the parameter's norm to 10; this one does not.
 *
 * <p><b>The norms</b> are Euclidean and those of a whole parameter: cut in two, it has others.
 * Keras shrinks the parameter by the decay first and leaves the decay out of the norm; optax has
 * the formula above. PyTorch does not have the rule.
 *
 * <p><b>State.</b> m and v, zero at first; the trust ratio of the step, one number for the
 * parameter; t counts the steps from 1.
 *
 * <p>The defaults are the paper's: learning rate 0.001, betas 0.9 and 0.999, epsilon 1e-6, weight
 * decay 0.01.
 *
 * @param beta1 the weight of the past in the first moment, {@code 0 <= beta1 < 1}
 * @param beta2 the weight of the past in the second moment, {@code 0 <= beta2 < 1}
 * @param epsilon keeps the denominator from zero, {@code epsilon >= 0}
 * @param weightDecay as in {@link AdamW}, before the norm is taken; {@code weightDecay >= 0}
 */
public record Lamb(double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {
  /** The first moment. */
  public static final Slot M = Adam.M;

  /** The second moment. */
  public static final Slot V = Adam.V;

  /** The trust ratio. */
  public static final Slot TRUST = Slot.zero("trust", "ratio of the norms of theta and u");

  /** Checks the ranges. */
  public Lamb {
    Check.belowOne("beta1", beta1);
    Check.belowOne("beta2", beta2);
    Check.notNegative("epsilon", epsilon);
    Check.notNegative("weightDecay", weightDecay);
  }

  /** The paper's defaults. */
  public Lamb() {
    this(0.9, 0.999, 1e-6, 0.01);
  }

  @Override
  public List<Slot> slots() {
    return List.of(M, V);
  }

  @Override
  public List<Slot> common() {
    return List.of(TRUST);
  }

  @Override
  public void prepare(Whole whole) {
    double size = Math.sqrt(whole.squaredValues());
    double length = whole.norm(c -> u(c, m(c), v(c)));
    whole.set(TRUST, trust(size, length));
  }

  /** The ratio of two norms, 1 where one of them is zero. */
  public static double trust(double size, double length) {
    return size == 0 || length == 0 ? 1 : size / length;
  }

  private double m(Coordinate c) {
    return beta1 * c.get(M) + (1 - beta1) * c.gradient();
  }

  private double v(Coordinate c) {
    return beta2 * c.get(V) + (1 - beta2) * c.gradient() * c.gradient();
  }

  private double u(Coordinate c, double m, double v) {
    double mHat = c.note("mHat", m / (1 - c.power(beta1)));
    double vHat = c.note("vHat", v / (1 - c.power(beta2)));
    double adam = Coordinate.ratio(mHat, Math.sqrt(vHat) + epsilon);
    return c.note("u", adam + weightDecay * c.value());
  }

  @Override
  public double delta(Coordinate c) {
    double u = u(c, c.set(M, m(c)), c.set(V, v(c)));
    return -c.learningRate() * c.get(TRUST) * u;
  }

  @Override
  public UpdateKernel kernel() {
    return new LambKernel(beta1, beta2, epsilon, weightDecay);
  }
}
