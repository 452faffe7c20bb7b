package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.CommonLaws;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class LionProperties implements ElementwiseLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Lion(), new Lion(0.95, 0.98, 0.1), new Lion(0.3, 0.2, 10), new Lion(0, 0, 1e-3));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * Math.signum(g);
  }

  /** Algorithm 2 of Chen et al., written again. */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(max = 0.99) double beta1,
      @ForAll @DoubleRange(max = 0.99) double beta2,
      @ForAll @DoubleRange(max = 2) double lambda) {
    Replay replay = new Replay(new Lion(beta1, beta2, lambda), 1.5);
    double theta = 1.5;
    double m = 0;
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      double g = gradient[0];
      double c = beta1 * m + (1 - beta1) * g;
      theta -= LEARNING_RATE * ((c > 0 ? 1 : c < 0 ? -1 : 0) + lambda * theta);
      m = beta2 * m + (1 - beta2) * g;
      replay.step(LEARNING_RATE, g);
      assertThat(replay.values()[0]).isCloseTo(theta, within(1e-14));
      assertThat(replay.state(Lion.M)[0]).isCloseTo(m, within(1e-14 * Math.abs(m)));
    }
  }

  /** L22: every step is zero or the learning rate. */
  @Property(tries = 100)
  @Tag("widths")
  void stepsAreTheLearningRate(@ForAll Precision precision, @ForAll("courses") Course course) {
    double rate = Math.scalb(1.0, -7);
    for (double[] deltas : precision.deltas(new Lion(), rate, course.gradients(1e-20, 1e20))) {
      assertThat(Arrays.stream(deltas).boxed()).allMatch(d -> d == 0 || Math.abs(d) == rate);
    }
  }

  /** L22: with decay it stays within one over the decay. */
  @Property(tries = 20)
  void staysInABox(@ForAll("courses") Course course) {
    Replay replay = new Replay(new Lion(0.9, 0.99, 0.5), 1);
    for (int round = 0; round < 30; round++) {
      for (float[] gradient : course.gradients(1e-10, 1e10)) {
        replay.step(0.5, Math.abs(gradient[0]));
        assertThat(Math.abs(replay.values()[0])).isLessThanOrEqualTo(2);
      }
    }
  }

  /** L12: a factor common to all gradients changes nothing. */
  @Property(tries = 50)
  @Tag("widths")
  void theScaleDoesNotMatter(
      @ForAll Precision precision,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = -10, max = 10) int exponent) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double[][] deltas = precision.deltas(new Lion(), LEARNING_RATE, gradients);
    double[][] scaledDeltas =
        precision.deltas(
            new Lion(), LEARNING_RATE, CommonLaws.scaled(gradients, Math.scalb(1.0, exponent)));
    for (int t = 0; t < deltas.length; t++) {
      assertEqual(scaledDeltas[t], deltas[t]);
    }
  }
}
