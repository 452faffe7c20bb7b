package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.AdaptiveLaws;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.UpdateRuleLaws;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class AmsGradProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new AmsGrad(),
        new AmsGrad(0.5, 0.9, 1e-4),
        new AmsGrad(0, 0.99, 1e-8),
        new AmsGrad(0.3, 0.2, 1e-8),
        new AmsGrad(0.9, 0.999, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new AmsGrad(0.9, 0.999, epsilon);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g / (Math.abs(g) + ((AmsGrad) rule).epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((AmsGrad) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L28: the maximum never falls and is never below the moment. */
  @Property(tries = 100)
  @Tag("widths")
  void theMaximumNeverFalls(@ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new AmsGrad(0.9, 0.5, 1e-8), course.coordinates());
    double[] before = run.state(AmsGrad.V_MAX);
    for (float[] gradient : course.gradients(1e-18, 1e18)) {
      run.step(LEARNING_RATE, gradient);
      double[] v = run.state(AmsGrad.V);
      double[] after = run.state(AmsGrad.V_MAX);
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isEqualTo(Math.max(before[i], v[i]));
      }
      before = after;
    }
  }

  /** L54: while the second moment does not fall it is Adam, to the bit. */
  @Property(tries = 50)
  @Tag("widths")
  void growingGradientsGiveAdam(@ForAll Precision precision, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1, 1.5);
    for (int t = 0; t < gradients.length; t++) {
      for (int i = 0; i < course.coordinates(); i++) {
        float sign = gradients[t][i] < 0 ? -1 : 1;
        gradients[t][i] = sign * (2 + Math.abs(gradients[t][i])) * (float) Math.pow(2, t);
      }
    }
    double[][] adam = precision.deltas(new Adam(), LEARNING_RATE, gradients);
    double[][] deltas = precision.deltas(new AmsGrad(), LEARNING_RATE, gradients);
    for (int t = 0; t < adam.length; t++) {
      assertEqual(deltas[t], adam[t]);
    }
  }

  /**
   * L75: theorem 1 of Reddi et al. On [-1, 1], losses 3x, -x, -x over and over: the best point is
   * -1. Adam, as there without correction and with its shortest memory, walks to +1.
   */
  @Example
  void findsWhatAdamMisses() {
    double beta2 = 1 / (1 + 3.0 * 3);
    double x = 0;
    double xOfAdam = 0;
    double v = 0;
    double vMax = 0;
    for (int t = 1; t <= 30_000; t++) {
      double g = t % 3 == 1 ? 3 : -1;
      v = beta2 * v + (1 - beta2) * g * g;
      vMax = Math.max(vMax, v);
      x = Math.clamp(x - 0.5 / Math.sqrt(t) * g / Math.sqrt(vMax), -1, 1);
      xOfAdam = Math.clamp(xOfAdam - 0.5 / Math.sqrt(t) * g / Math.sqrt(v), -1, 1);
    }
    assertThat(x).isLessThan(-0.99);
    assertThat(xOfAdam).isGreaterThan(0.99);
    assertThat(constrained(new AmsGrad(0, beta2, 0))).isLessThan(-0.99);
    assertThat(constrained(new Adam(0, beta2, 0))).isGreaterThan(0.99);
  }

  private static double constrained(UpdateRule rule) {
    Replay replay = new Replay(rule, 0);
    double x = 0;
    for (int t = 1; t <= 30_000; t++) {
      x = Math.clamp(x + replay.step(0.5 / Math.sqrt(t), t % 3 == 1 ? 3 : -1)[0], -1, 1);
    }
    return x;
  }
}
