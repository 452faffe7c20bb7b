package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.setting.Check;

/**
 * Adds the gradient of a penalty on the sum of magnitudes, which draws weights to zero.
 *
 * <pre>
 * loss = loss + strength sum |w|
 * g = g + strength sign(w)        sign(0) = 0
 * </pre>
 *
 * <p><b>Source.</b> R. Tibshirani, "Regression Shrinkage and Selection via the Lasso" (1996).
 * Keras's {@code regularizers.L1}. Since steps have a length, weights come close to zero and rarely
 * meet it; {@link dev.descent.optim.rule.Ftrl} keeps them there.
 *
 * @param strength the weight of the penalty; finite, zero or greater
 */
public record L1Penalty(double strength) implements GradientTransform.OfEach {
  /** Checks the range. */
  public L1Penalty {
    Check.notNegative("strength", strength);
  }

  @Override
  public void transform(Gradient gradient) {
    Penalty.add(gradient, strength, Math::signum);
  }
}
