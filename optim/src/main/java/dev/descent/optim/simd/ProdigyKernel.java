package dev.descent.optim.simd;

import dev.descent.optim.Preparation;
import dev.descent.optim.Preparations;
import dev.descent.optim.rule.Prodigy;

/** The loops of {@link Prodigy}: two sums over all parameters in double, and then the step. */
public record ProdigyKernel(Prodigy rule) implements WholeKernel {
  @Override
  public void prepare(Preparations all) {
    double along = 0;
    double size = 0;
    double d = all.get(Prodigy.D);
    double rate = d * all.learningRate();
    for (int i = 0; i < all.parameters().size(); i++) {
      Preparation one = all.parameters().get(i);
      along += along(one);
      size += size(one, Math.sqrt(rule.beta2()), d / rule.d0() * rate);
    }
    all.set(Prodigy.BEFORE, d);
    if (size == 0) {
      all.set(Prodigy.RATE, 0);
    } else {
      double decayed = Math.sqrt(rule.beta2()) * all.get(Prodigy.NUMERATOR);
      double numerator = decayed + d / rule.d0() * rate * along;
      all.set(Prodigy.NUMERATOR, numerator);
      all.set(Prodigy.D, Math.max(d, rule.coefficient() * numerator / size));
      all.set(Prodigy.RATE, rate);
    }
  }

  @Override
  public void prepare(Preparation whole) {
    throw new IllegalStateException("one parameter; expected all of them together");
  }

  /** The sum of g (x0 - theta). */
  private static double along(Preparation one) {
    float[] x0 = one.state()[0];
    double sum = 0;
    for (int i = 0; i < x0.length && one.step() > 1; i++) {
      double way = (double) x0[i] - one.values()[one.valueOffset() + i];
      sum += one.gradients()[one.gradientOffset() + i] * way;
    }
    return sum;
  }

  /** The sum of |s| as it will be. */
  private static double size(Preparation one, double beta3, double weight) {
    float[] s = one.state()[1];
    double sum = 0;
    for (int i = 0; i < s.length; i++) {
      sum += Math.abs(beta3 * s[i] + weight * one.gradients()[one.gradientOffset() + i]);
    }
    return sum;
  }

  @Override
  public void update(Preparation whole, int from, int to) {
    float[] x0 = whole.state()[0];
    double[] numbers = whole.numbers();
    if (whole.step() == 1) {
      System.arraycopy(whole.values(), whole.valueOffset() + from, x0, from, to - from);
    }
    double before = numbers[2];
    double weight = before / rule.d0() * (before * whole.learningRate());
    move(whole, from, to, weight, before, numbers[0] * rule.epsilon(), numbers[3]);
  }

  /** In double: d times a gradient, squared, is soon too small for a float. */
  private void move(
      Preparation whole, int from, int to, double weight, double d, double epsilon, double rate) {
    float[] p = whole.values();
    float[] gradients = whole.gradients();
    float[] s = whole.state()[1];
    float[] m = whole.state()[2];
    float[] v = whole.state()[3];
    int pAt = whole.valueOffset();
    int gAt = whole.gradientOffset();
    double beta1 = rule.beta1();
    double beta2 = rule.beta2();
    double beta3 = Math.sqrt(beta2);
    double decay = rule.weightDecay();
    for (int i = from; i < to; i++) {
      double g = d * gradients[gAt + i];
      double first = beta1 * m[i] + (1 - beta1) * g;
      double second = beta2 * v[i] + (1 - beta2) * g * g;
      double root = Math.sqrt(second) + epsilon;
      double adam = root == 0 ? 0 : first / root;
      double value = p[pAt + i];
      s[i] = (float) (beta3 * s[i] + weight * gradients[gAt + i]);
      m[i] = (float) first;
      v[i] = (float) second;
      p[pAt + i] = (float) (value - rate * (adam + decay * value));
    }
  }
}
