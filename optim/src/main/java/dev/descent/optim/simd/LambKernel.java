package dev.descent.optim.simd;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Preparation;
import dev.descent.optim.rule.Lamb;

/**
 * The loops of {@link dev.descent.optim.rule.Lamb}: the norm of the step in double, one coordinate
 * after the other, and then AdamW's with the learning rate times the trust ratio.
 */
public record LambKernel(
    double beta1, double beta2, double epsilon, double weightDecay, AdamWKernel adamW)
    implements CommonKernel {
  /** With these settings. */
  public LambKernel(double beta1, double beta2, double epsilon, double weightDecay) {
    this(beta1, beta2, epsilon, weightDecay, new AdamWKernel(beta1, beta2, epsilon, weightDecay));
  }

  @Override
  public void prepare(Preparation whole) {
    float[] ps = whole.values();
    float[] gs = whole.gradients();
    float[] ms = whole.state()[0];
    float[] vs = whole.state()[1];
    double correction1 = 1 / (1 - Coordinate.power(beta1, whole.step()));
    double correction2 = 1 / (1 - Coordinate.power(beta2, whole.step()));
    double squares = 0;
    for (int i = 0; i < ms.length; i++) {
      double g = gs[whole.gradientOffset() + i];
      double m = beta1 * ms[i] + (1 - beta1) * g;
      double v = beta2 * vs[i] + (1 - beta2) * g * g;
      double root = Math.sqrt(v * correction2) + epsilon;
      double adam = root == 0 ? 0 : m * correction1 / root;
      double u = adam + weightDecay * ps[whole.valueOffset() + i];
      squares += u * u;
    }
    whole.numbers()[0] = Lamb.trust(Math.sqrt(whole.squaredValues()), Math.sqrt(squares));
  }

  @Override
  public void vectors(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step,
      double[] common) {
    adamW.vectors(ps, pAt, gs, gAt, slots, at, length, lr * common[0], step);
  }
}
