package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.LinearLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.UpdateRuleLaws;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class NesterovProperties implements UpdateRuleLaws, LinearLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Nesterov(), new Nesterov(0), new Nesterov(0.3), new Nesterov(0.999), new Nesterov(1));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * (1 + ((Nesterov) rule).momentum()) * g;
  }

  /** L36: under a constant gradient it is heavy ball one step ahead. */
  @Property(tries = 50)
  void isOneStepAheadOfMomentum(
      @ForAll @DoubleRange(max = 1) double mu, @ForAll @DoubleRange(min = -9, max = 9) double g) {
    Replay nesterov = new Replay(new Nesterov(mu), 0);
    Replay momentum = new Replay(new Momentum(mu), 0);
    momentum.step(LEARNING_RATE, g);
    for (int t = 1; t <= 60; t++) {
      double expected = momentum.step(LEARNING_RATE, g)[0];
      assertThat(nesterov.step(LEARNING_RATE, g)[0])
          .isCloseTo(expected, within(1e-13 * Math.abs(expected)));
    }
  }

  /**
   * L37: gradients of alternating sign mostly cancel; what is left is shorter than heavy ball's.
   */
  @Property(tries = 50)
  void alternatingGradientsCancel(@ForAll @DoubleRange(max = 0.99) double mu) {
    Replay replay = new Replay(new Nesterov(mu), 0);
    double delta = 0;
    for (int t = 1; t <= 5_000; t++) {
      delta = replay.step(LEARNING_RATE, t % 2 == 0 ? 3 : -3)[0];
    }
    double expected = LEARNING_RATE * 3 * (1 + mu / (1 + mu));
    assertThat(Math.abs(delta)).isCloseTo(expected, within(1e-12 * expected));
  }

  /** L48: without momentum it is gradient descent, to the bit. */
  @Property(tries = 50)
  @Tag("widths")
  void withoutMomentumItIsSgd(@ForAll Precision precision, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    double[][] sgd = precision.deltas(new Sgd(), LEARNING_RATE, gradients);
    double[][] deltas = precision.deltas(new Nesterov(0), LEARNING_RATE, gradients);
    for (int t = 0; t < sgd.length; t++) {
      assertEqual(deltas[t], sgd[t]);
    }
  }

  /**
   * L49: on a quadratic bowl, the iterates are the points x + mu v at which equations 3 and 4 of
   * Sutskever et al. take their gradients.
   */
  @Property(tries = 50)
  void followsThePointsLookedAheadTo(
      @ForAll @DoubleRange(max = 0.99) double mu, @ForAll @DoubleRange(max = 50) double steepness) {
    double x = 1;
    double v = 0;
    Replay replay = new Replay(new Nesterov(mu), x);
    double size = 1;
    for (int t = 0; t < 100; t++) {
      replay.step(LEARNING_RATE, steepness * replay.values()[0]);
      v = mu * v - LEARNING_RATE * steepness * (x + mu * v);
      x += v;
      size = Math.max(size, Math.abs(x));
      assertThat(replay.values()[0]).isCloseTo(x + mu * v, within(1e-12 * size));
    }
  }

  /** L72: the largest rate in a bowl is smaller than heavy ball's, by 1 + 2 momentum. */
  @Property(tries = 50)
  void bowlsHaveALargestRate(
      @ForAll @DoubleRange(max = 0.95) double mu,
      @ForAll @DoubleRange(min = 0.1, max = 1.9) double part,
      @ForAll @DoubleRange(min = 0.01, max = 100) double h) {
    Nesterov rule = new Nesterov(mu);
    double largest = (1 + mu) / ((1 + 2 * mu) * h);
    assertThat(MomentumProperties.distance(rule, part * largest, h, 1000)).isLessThan(1e-6);
    assertThat(MomentumProperties.distance(rule, (part + 2) * largest, h, 300)).isGreaterThan(1e3);
  }

  /** L72: with the usual settings for steepnesses 1 and 100 it leaves 1 - 1/10 a step. */
  @Example
  void theUsualSettingsTakeTheRootOfTheCondition() {
    double left = MomentumProperties.distance(new Nesterov(9.0 / 11), 1.0 / 100, 1, 600) / 600;
    assertThat(Math.pow(left, 1.0 / 600)).isCloseTo(0.9, within(0.01));
  }
}
