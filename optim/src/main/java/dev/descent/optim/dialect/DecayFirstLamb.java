package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.rule.Lamb;
import dev.descent.optim.setting.Check;
import java.util.List;

/**
 * LAMB that shrinks the parameter first and knows of no decay then: Keras's form.
 *
 * <pre>
 * theta = theta - lr weightDecay theta
 * m = beta1 m + (1 - beta1) g
 * v = beta2 v + (1 - beta2) g^2
 * mHat = m / (1 - beta1^t)
 * vHat = v / (1 - beta2^t)
 * u = mHat / (sqrt(vHat) + epsilon)
 * trust = |theta| / |u|                      1 where either norm is 0
 * theta = theta - lr trust u
 * </pre>
 *
 * <p><b>Source.</b> {@code keras.optimizers.Lamb}, after Y. You and others, "Large Batch
 * Optimization for Deep Learning: Training BERT in 76 minutes", arXiv 1904.00962 (ICLR 2020).
 *
 * <p><b>State.</b> m and v, zero at first, and the trust ratio; t counts the steps from 1.
 *
 * @param beta1 the weight of the past in the first moment, {@code 0 <= beta1 < 1}
 * @param beta2 the weight of the past in the second moment, {@code 0 <= beta2 < 1}
 * @param epsilon keeps the denominator from zero, {@code epsilon >= 0}
 * @param weightDecay the part of theta that goes at each step, before it is multiplied by lr;
 *     {@code weightDecay >= 0}
 */
public record DecayFirstLamb(double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {
  /** Checks the ranges. */
  public DecayFirstLamb {
    Check.belowOne("beta1", beta1);
    Check.belowOne("beta2", beta2);
    Check.notNegative("epsilon", epsilon);
    Check.notNegative("weightDecay", weightDecay);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Lamb.M, Lamb.V);
  }

  @Override
  public List<Slot> common() {
    return List.of(Lamb.TRUST);
  }

  @Override
  public void prepare(Whole whole) {
    double left = Math.abs(1 - whole.learningRate() * weightDecay);
    double size = left * Math.sqrt(whole.squaredValues());
    double length = whole.norm(c -> u(c, m(c), v(c)));
    whole.set(Lamb.TRUST, Lamb.trust(size, length));
  }

  private double m(Coordinate c) {
    return beta1 * c.get(Lamb.M) + (1 - beta1) * c.gradient();
  }

  private double v(Coordinate c) {
    return beta2 * c.get(Lamb.V) + (1 - beta2) * c.gradient() * c.gradient();
  }

  private double u(Coordinate c, double m, double v) {
    double mHat = c.note("mHat", m / (1 - c.power(beta1)));
    double vHat = c.note("vHat", v / (1 - c.power(beta2)));
    return c.note("u", Coordinate.ratio(mHat, Math.sqrt(vHat) + epsilon));
  }

  @Override
  public double delta(Coordinate c) {
    double u = u(c, c.set(Lamb.M, m(c)), c.set(Lamb.V, v(c)));
    double decay = c.note("decay", weightDecay * c.value());
    return -c.learningRate() * (c.get(Lamb.TRUST) * u + decay);
  }
}
