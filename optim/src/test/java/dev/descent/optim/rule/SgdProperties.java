package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.LinearLaws;
import dev.descent.optim.law.UpdateRuleLaws;
import dev.descent.optim.study.Replay;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class SgdProperties implements UpdateRuleLaws, LinearLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Sgd());
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g;
  }

  /** L62: the step is minus the learning rate times the gradient, so that is its derivative. */
  @Property(tries = 50)
  void theStepsDerivativeIsTheLearningRate(
      @ForAll @DoubleRange(min = -10, max = 10) double g,
      @ForAll @DoubleRange(min = 0.1, max = 1) double h) {
    double difference =
        new Replay(new Sgd(), 0).step(LEARNING_RATE, g + h)[0]
            - new Replay(new Sgd(), 0).step(LEARNING_RATE, g - h)[0];
    assertThat(difference / (2 * h)).isCloseTo(-LEARNING_RATE, within(1e-13 * LEARNING_RATE * 100));
  }

  /**
   * L68: whatever the gradients, and for any u: what was lost to u is what came nearer to it and
   * half the rate times the squared gradients. The regret bounds of gradient descent start here.
   */
  @Property(tries = 50)
  void theRegretIsAnIdentity(
      @ForAll("courses") Course course, @ForAll @DoubleRange(min = -5, max = 5) double u) {
    int n = course.coordinates();
    Replay replay = new Replay(new Sgd(), doubles(course.start()));
    double distance = squaredDistance(replay.values(), u);
    double lost = 0;
    double squares = 0;
    double size = distance / (2 * LEARNING_RATE);
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      double[] x = replay.values();
      for (int i = 0; i < n; i++) {
        lost += gradient[i] * (x[i] - u);
        size += Math.abs(gradient[i] * (x[i] - u));
        squares += (double) gradient[i] * gradient[i];
      }
      replay.step(LEARNING_RATE, doubles(gradient));
    }
    double nearer = distance - squaredDistance(replay.values(), u);
    double expected = nearer / (2 * LEARNING_RATE) + LEARNING_RATE / 2 * squares;
    size += Math.abs(nearer) / (2 * LEARNING_RATE) + LEARNING_RATE / 2 * squares;
    assertThat(lost).isCloseTo(expected, within(1e-12 * size));
  }

  /** L70: in a bowl the distance shrinks by one factor a step; beyond 2 / h it grows. */
  @Property(tries = 50)
  void bowlsAreGeometric(
      @ForAll @DoubleRange(min = 0.01, max = 100) double h,
      @ForAll @DoubleRange(min = 0.05, max = 3) double part) {
    double rate = part / h;
    Replay replay = new Replay(new Sgd(), 1);
    double expected = 1;
    for (int t = 1; t <= 200; t++) {
      replay.step(rate, h * replay.values()[0]);
      expected *= 1 - rate * h;
      assertThat(replay.values()[0])
          .isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
    }
    assertThat(Math.abs(replay.values()[0]) < 1).isEqualTo(part < 2);
  }

  /** L70: the best rate for steepnesses 1 and 100 takes both distances to 99/101 each step. */
  @Example
  void theBestRateTreatsBothEndsAlike() {
    Replay replay = new Replay(new Sgd(), 1, 1);
    for (int t = 1; t <= 100; t++) {
      replay.step(2.0 / 101, replay.values()[0], 100 * replay.values()[1]);
      double left = Math.pow(99.0 / 101, t);
      assertThat(Math.abs(replay.values()[0])).isCloseTo(left, within(1e-12));
      assertThat(Math.abs(replay.values()[1])).isCloseTo(left, within(1e-12));
    }
  }

  /** L73: gradients with noise keep it at a distance from the bottom that theory knows. */
  @Example
  void noiseKeepsItAtADistance() {
    double expected = 0.5 / (2 - 0.5);
    assertThat(MomentumProperties.stationaryVariance(new Sgd(), 0.5))
        .isCloseTo(expected, within(0.02 * expected));
  }

  /** L74: a step goes down by at least what the descent lemma says. */
  @Property(tries = 100)
  void stepsGoDown(
      @ForAll("courses") Course course, @ForAll @DoubleRange(min = 0.01, max = 2) double part) {
    double[] x = doubles(course.start());
    double[] steepness = new double[x.length];
    SplittableRandom random = course.random();
    Arrays.setAll(steepness, i -> random.nextDouble(0.01, 10));
    double largest = Arrays.stream(steepness).max().orElseThrow();
    double rate = part / largest;
    double[] gradient = new double[x.length];
    Arrays.setAll(gradient, i -> steepness[i] * x[i]);
    Replay replay = new Replay(new Sgd(), x);
    replay.step(rate, gradient);
    double before = height(steepness, x);
    double descent = rate * (1 - rate * largest / 2) * squaredDistance(gradient, 0);
    assertThat(height(steepness, replay.values()))
        .isLessThanOrEqualTo(before - descent + 1e-12 * before);
  }

  private static double height(double[] steepness, double[] x) {
    double height = 0;
    for (int i = 0; i < x.length; i++) {
      height += steepness[i] * x[i] * x[i] / 2;
    }
    return height;
  }

  private static double squaredDistance(double[] x, double u) {
    return Arrays.stream(x).map(each -> (each - u) * (each - u)).sum();
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    Arrays.setAll(doubles, i -> floats[i]);
    return doubles;
  }
}
