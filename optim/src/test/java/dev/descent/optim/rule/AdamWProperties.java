package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.AdaptiveLaws;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AdamWProperties implements ElementwiseLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new AdamW(),
        new AdamW(0.5, 0.9, 1e-4, 0.5),
        new AdamW(0, 0.99, 1e-8, 20),
        new AdamW(0.3, 0.2, 1e-8, 1e-4),
        new AdamW(0.9, 0.999, 0, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new AdamW(0.9, 0.999, epsilon, 0);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g / (Math.abs(g) + ((AdamW) rule).epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((AdamW) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L46: without decay it is Adam, to the bit. */
  @Property(tries = 50)
  @Tag("widths")
  void withoutDecayItIsAdam(@ForAll Precision precision, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e18);
    double[][] adam = precision.deltas(new Adam(), LEARNING_RATE, gradients);
    double[][] deltas = precision.deltas(new AdamW(0.9, 0.999, 1e-8, 0), LEARNING_RATE, gradients);
    for (int t = 0; t < adam.length; t++) {
      assertEqual(deltas[t], adam[t]);
    }
  }

  /** L44, L45: each step is Adam's and the decay of where it started; no L2 penalty does that. */
  @Property(tries = 50)
  void theDecayIsApartFromTheGradient(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 10) double weightDecay) {
    Replay adam = new Replay(new Adam(0.9, 0.99, 1e-8), 0);
    Replay decayed = new Replay(new AdamW(0.9, 0.99, 1e-8, weightDecay), 3);
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      double before = decayed.values()[0];
      double expected =
          adam.step(LEARNING_RATE, gradient[0])[0] - LEARNING_RATE * weightDecay * before;
      double size = LEARNING_RATE * (10 + weightDecay * Math.abs(before));
      assertThat(decayed.step(LEARNING_RATE, gradient[0])[0])
          .isCloseTo(expected, within(1e-14 * size));
    }
  }

  /** L43: without gradients what is left is the product of what each step leaves. */
  @Property(tries = 50)
  void withoutGradientsItShrinks(
      @ForAll @DoubleRange(max = 100) double weightDecay, @ForAll @IntRange(max = 60) int steps) {
    Replay replay = new Replay(new AdamW(0.9, 0.999, 1e-8, weightDecay), 2, -3);
    double left = 1;
    for (int t = 1; t <= steps; t++) {
      double rate = LEARNING_RATE / t;
      replay.step(rate, 0, 0);
      left *= 1 - rate * weightDecay;
    }
    assertThat(replay.values()[0]).isCloseTo(2 * left, within(1e-13));
    assertThat(replay.values()[1]).isCloseTo(-3 * left, within(1e-13));
  }

  /** L16: it never goes farther than Adam's longest step over the decay. */
  @Property(tries = 50)
  void staysInABox(@ForAll("courses") Course course) {
    double weightDecay = 5;
    Replay replay = new Replay(new AdamW(0.9, 0.999, 0, weightDecay), 1);
    for (int round = 0; round < 30; round++) {
      for (float[] gradient : course.gradients(1e-10, 1e10)) {
        replay.step(0.1, gradient[0]);
        assertThat(Math.abs(replay.values()[0])).isLessThanOrEqualTo(7.27 / weightDecay);
      }
    }
  }

  /** L7: with a learning rate of zero nothing moves, the decay included. */
  @Property(tries = 20)
  @Tag("widths")
  void zeroLearningRateMovesNothing(@ForAll("courses") Course course) {
    float[] start = course.start();
    float[][] gradients = course.gradients(1e-6, 1e6);
    Replay replay = new Replay(new AdamW(), start[0]);
    for (float[] gradient : gradients) {
      assertThat(replay.step(0, gradient[0])[0]).isZero();
    }
  }
}
