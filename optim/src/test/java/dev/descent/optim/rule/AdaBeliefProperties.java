package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.CommonLaws;
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
import net.jqwik.api.constraints.IntRange;

class AdaBeliefProperties implements UpdateRuleLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new AdaBelief(),
        new AdaBelief(0.5, 0.9, 1e-4),
        new AdaBelief(0.3, 0.99, 1e-8),
        new AdaBelief(0.9, 0.2, 1e-12));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    AdaBelief it = (AdaBelief) rule;
    double deviation = it.beta1() * g;
    double sHat = deviation * deviation + it.epsilon() / (1 - it.beta2());
    return -learningRate * g / (Math.sqrt(sHat) + it.epsilon());
  }

  /** Epsilon is part of the state. */
  @Override
  public List<Slot> restless() {
    return List.of(AdaBelief.S);
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  /** Algorithm 2 of Zhuang et al., written again. */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(max = 0.99) double beta1,
      @ForAll @DoubleRange(max = 0.99) double beta2,
      @ForAll @DoubleRange(min = -12, max = -1) double exponent) {
    double epsilon = Math.pow(10, exponent);
    Replay replay = new Replay(new AdaBelief(beta1, beta2, epsilon), 0);
    double m = 0;
    double s = 0;
    float[][] gradients = course.gradients(1e-6, 1e6);
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1][0];
      m = beta1 * m + (1 - beta1) * g;
      s = beta2 * s + (1 - beta2) * Math.pow(g - m, 2) + epsilon;
      double corrected = m / (1 - Math.pow(beta1, t));
      double deviation = Math.sqrt(s / (1 - Math.pow(beta2, t)));
      double expected = -LEARNING_RATE * corrected / (deviation + epsilon);
      assertThat(replay.step(LEARNING_RATE, g)[0])
          .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
    }
  }

  /** Steps under a constant gradient: not bounded by the learning rate. */
  @Example
  void constantGradientsGiveGrowingSteps() {
    Replay replay = new Replay(new AdaBelief(0.9, 0.999, 0), 0);
    double first = -replay.step(1, 3)[0];
    assertThat(first).isCloseTo(1 / 0.9, within(1e-12));
    double before = first;
    for (int t = 2; t <= 200; t++) {
      double step = -replay.step(1, 3)[0];
      assertThat(step).isGreaterThan(before);
      before = step;
    }
    assertThat(before).isCloseTo(7.2, within(0.05));
  }

  /** L12: without epsilon, the gradients' size does not matter. */
  @Property(tries = 50)
  @Tag("widths")
  void withoutEpsilonTheScaleDoesNotMatter(
      @ForAll Precision precision,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = -10, max = 10) int exponent) {
    UpdateRule rule = new AdaBelief(0.9, 0.999, 0);
    float[][] gradients = course.gradients(1e-6, 1e6);
    double[][] deltas = precision.deltas(rule, LEARNING_RATE, gradients);
    double[][] scaledDeltas =
        precision.deltas(
            rule, LEARNING_RATE, CommonLaws.scaled(gradients, Math.scalb(1.0, exponent)));
    for (int t = 0; t < deltas.length; t++) {
      assertEqual(scaledDeltas[t], deltas[t]);
    }
  }
}
