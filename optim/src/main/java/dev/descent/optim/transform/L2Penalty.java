package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.setting.Check;

/**
 * Adds the gradient of a penalty on half the sum of squares, which draws weights to zero in
 * proportion to their size.
 *
 * <pre>
 * loss = loss + strength / 2 sum w^2
 * g = g + strength w
 * </pre>
 *
 * <p><b>Source.</b> A. N. Tikhonov (1943); A. Krogh and J. Hertz, "A Simple Weight Decay Can
 * Improve Generalization" (NIPS 1991). It is what {@code weight_decay} means to most of PyTorch's
 * optimizers; Keras's {@code regularizers.L2(s)} has no half, so its s is half of this strength.
 *
 * <p><b>It is not weight decay</b> but for {@link dev.descent.optim.rule.Sgd}: an adaptive rule
 * divides the penalty's gradient like the rest, so that its strength hardly matters. Decay beside
 * the rule is {@link dev.descent.optim.ParameterGroup#withWeightDecay}.
 *
 * @param strength the weight of the penalty; finite, zero or greater
 */
public record L2Penalty(double strength) implements GradientTransform.OfEach {
  /** Checks the range. */
  public L2Penalty {
    Check.notNegative("strength", strength);
  }

  @Override
  public void transform(Gradient gradient) {
    Penalty.add(gradient, strength, value -> value);
  }
}
