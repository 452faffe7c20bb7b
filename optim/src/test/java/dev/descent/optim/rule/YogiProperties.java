package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import net.jqwik.api.constraints.DoubleRange;

class YogiProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Yogi(),
        new Yogi(0.5, 0.9, 1e-4, 0),
        new Yogi(0, 0.99, 1e-8, 0.1),
        new Yogi(0.3, 0.5, 1e-8, 0),
        new Yogi(0.9, 0.999, 0, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new Yogi(0.9, 0.999, epsilon, 0);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    Yogi yogi = (Yogi) rule;
    double v0 = yogi.initialAccumulator();
    double v = v0 + (1 - yogi.beta2()) * (v0 < g * g ? g * g : v0 > g * g ? -g * g : 0);
    return -learningRate * (1 - yogi.beta1()) * g / (Math.sqrt(v) + yogi.epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((Yogi) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** Algorithm 2 of Zaheer et al., written again. */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(max = 0.99) double beta1,
      @ForAll @DoubleRange(max = 0.99) double beta2) {
    Replay replay = new Replay(new Yogi(beta1, beta2, 1e-3, 1e-6), 0);
    double m = 0;
    double v = 1e-6;
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      double g = gradient[0];
      m = beta1 * m + (1 - beta1) * g;
      double change = (1 - beta2) * g * g;
      if (v > g * g) {
        v -= change;
      } else if (v < g * g) {
        v += change;
      }
      double expected = -LEARNING_RATE * m / (Math.sqrt(v) + 1e-3);
      assertThat(replay.step(LEARNING_RATE, g)[0])
          .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
      assertThat(replay.state(Yogi.V)[0]).isCloseTo(v, within(1e-12 * v));
    }
  }

  /** L29: the second moment moves by what the new gradient allows, and is never negative. */
  @Property(tries = 100)
  @Tag("widths")
  void theSecondMomentMovesSlowly(@ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new Yogi(), course.coordinates());
    double[] before = run.state(Yogi.V);
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      run.step(LEARNING_RATE, gradient);
      double[] after = run.state(Yogi.V);
      for (int i = 0; i < after.length; i++) {
        double g = gradient[i];
        double allowed = 0.001 * g * g + 2e-7 * Math.max(before[i], after[i]);
        assertThat(Math.abs(after[i] - before[i])).isLessThanOrEqualTo(allowed);
        assertThat(after[i]).isNotNegative();
      }
      before = after;
    }
  }

  /** Where Adam forgets a large gradient in some thousand steps, Yogi hardly notices the time. */
  @Example
  void forgetsSlowly() {
    Replay yogi = new Replay(new Yogi(0.9, 0.999, 0, 0), 0);
    Replay adam = new Replay(new Adam(0.9, 0.999, 0), 0);
    yogi.step(1, 100);
    adam.step(1, 100);
    for (int t = 2; t <= 5000; t++) {
      yogi.step(1, 0.1);
      adam.step(1, 0.1);
    }
    assertThat(yogi.state(Yogi.V)[0]).isGreaterThan(9.9);
    assertThat(adam.state(Adam.V)[0]).isLessThan(0.1);
  }
}
