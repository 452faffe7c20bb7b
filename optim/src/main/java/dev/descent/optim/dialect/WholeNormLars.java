package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.rule.Lars;
import dev.descent.optim.setting.Check;
import java.util.List;

/**
 * LARS with one norm for the gradient and the decay: optax's form.
 *
 * <pre>
 * trust = trustCoefficient |theta| / (|g + weightDecay theta| + epsilon)
 * trust = 1                                  where either norm is 0
 * v = momentum v + lr trust (g + weightDecay theta)
 * theta = theta - v
 * </pre>
 *
 * <p><b>Source.</b> {@code optax.lars}, after Y. You, I. Gitman and B. Ginsburg, "Large Batch
 * Training of Convolutional Networks", arXiv 1708.03888 (2017).
 *
 * <p><b>State.</b> v, zero at first, and the trust ratio.
 *
 * @param momentum the part of the velocity that stays, {@code 0 <= momentum <= 1}
 * @param trustCoefficient the length of a step of learning rate 1, as a share of the parameter's
 *     norm; {@code trustCoefficient >= 0}
 * @param epsilon added to the denominator, {@code epsilon >= 0}
 * @param weightDecay of an L2 penalty, {@code weightDecay >= 0}
 */
public record WholeNormLars(
    double momentum, double trustCoefficient, double epsilon, double weightDecay)
    implements UpdateRule {
  /** Checks the ranges. */
  public WholeNormLars {
    Check.share("momentum", momentum);
    Check.notNegative("trustCoefficient", trustCoefficient);
    Check.notNegative("epsilon", epsilon);
    Check.notNegative("weightDecay", weightDecay);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Lars.V);
  }

  @Override
  public List<Slot> common() {
    return List.of(Lars.TRUST);
  }

  @Override
  public void prepare(Whole whole) {
    double size = Math.sqrt(whole.squaredValues());
    double steepness = whole.norm(this::decayed);
    boolean zero = size == 0 || steepness == 0;
    whole.set(Lars.TRUST, zero ? 1 : trustCoefficient * size / (steepness + epsilon));
  }

  private double decayed(Coordinate c) {
    return c.note("decayed", c.gradient() + weightDecay * c.value());
  }

  @Override
  public double delta(Coordinate c) {
    double step = c.learningRate() * c.get(Lars.TRUST) * decayed(c);
    return -c.set(Lars.V, momentum * c.get(Lars.V) + step);
  }

  @Override
  public double defaultLearningRate() {
    return 1;
  }
}
