package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.AdaptiveLaws;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.UpdateRuleLaws;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class AdaMaxProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new AdaMax(),
        new AdaMax(0.5, 0.9, 1e-4),
        new AdaMax(0, 0.99, 1e-8),
        new AdaMax(0.3, 0.2, 1e-8),
        new AdaMax(0.9, 0.999, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new AdaMax(0.9, 0.999, epsilon);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g / (Math.abs(g) + ((AdaMax) rule).epsilon());
  }

  /** Epsilon is part of the maximum. */
  @Override
  public List<Slot> restless() {
    return List.of(AdaMax.U);
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((AdaMax) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L21: the bound, and gradients that reach it. */
  @Property(tries = 100)
  void stepsAreBounded(@ForAll("courses") Course course) {
    double[][] deltas =
        Precision.DOUBLE.deltas(
            new AdaMax(0.9, 0.999, 0), LEARNING_RATE, course.gradients(1e-10, 1e10));
    for (int t = 1; t <= deltas.length; t++) {
      double bound = LEARNING_RATE * bound(t) * (1 + 1e-12);
      assertThat(Arrays.stream(deltas[t - 1]).boxed()).allMatch(d -> Math.abs(d) <= bound);
    }
  }

  private static double bound(int t) {
    double q = 0.9 / 0.999;
    return 0.1 / (1 - Math.pow(0.9, t)) * (1 - Math.pow(q, t)) / (1 - q);
  }

  /** L21: 1.009 learning rates, where the paper says one. */
  @Example
  void fadingGradientsReachTheBound() {
    Replay replay = new Replay(new AdaMax(0.9, 0.999, 0), 0);
    double step = 0;
    for (int t = 1; t <= 500; t++) {
      step = -replay.step(1, Math.pow(0.999, t))[0];
    }
    assertThat(step).isCloseTo(bound(500), within(1e-12)).isCloseTo(1.00909, within(1e-5));
  }

  /** L34: for gradients that stay the same, every step is the first. */
  @Property(tries = 20)
  void constantGradientsGiveConstantSteps(@ForAll @DoubleRange(min = -9, max = 9) double exponent) {
    double g = Math.pow(10, exponent);
    Replay replay = new Replay(new AdaMax(0.9, 0.999, 0), 0);
    for (int t = 1; t <= 200; t++) {
      assertThat(replay.step(LEARNING_RATE, g)[0])
          .isCloseTo(-LEARNING_RATE, within(1e-13 * LEARNING_RATE));
    }
  }
}
