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
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class MomentumProperties implements UpdateRuleLaws, LinearLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Momentum(),
        new Momentum(0),
        new Momentum(0.3, 0.5),
        new Momentum(0.9, 0.9),
        new Momentum(0.999),
        new Momentum(1));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g;
  }

  /** L35: under a constant gradient the velocity is a geometric sum. */
  @Property(tries = 50)
  void constantGradientsGatherSpeed(
      @ForAll @DoubleRange(max = 0.99) double mu,
      @ForAll @DoubleRange(min = -9, max = 9) double g) {
    Replay replay = new Replay(new Momentum(mu), 0);
    for (int t = 1; t <= 60; t++) {
      replay.step(LEARNING_RATE, g);
      assertClose(replay.state(Momentum.V)[0], g * (1 - Math.pow(mu, t)) / (1 - mu), 1e-12);
      assertClose(
          replay.values()[0],
          -LEARNING_RATE * g / (1 - mu) * (t - mu * (1 - Math.pow(mu, t)) / (1 - mu)),
          1e-12);
    }
  }

  /** L37: gradients of alternating sign mostly cancel. */
  @Property(tries = 50)
  void alternatingGradientsCancel(@ForAll @DoubleRange(max = 0.99) double mu) {
    Replay replay = new Replay(new Momentum(mu), 0);
    double delta = 0;
    for (int t = 1; t <= 5_000; t++) {
      delta = replay.step(LEARNING_RATE, t % 2 == 0 ? 3 : -3)[0];
    }
    assertClose(Math.abs(delta), LEARNING_RATE * 3 / (1 + mu), 1e-12);
  }

  /** L42: without gradients the ball rolls on, slower by the momentum at each step. */
  @Property(tries = 50)
  void velocityDecays(@ForAll("courses") Course course) {
    Momentum rule = new Momentum(0.9, 0.25);
    Precision.Run run = Precision.DOUBLE.start(rule, course.coordinates());
    double[] delta = new double[0];
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      delta = run.step(LEARNING_RATE, gradient);
    }
    for (int t = 0; t < 5; t++) {
      double[] next = run.step(LEARNING_RATE, new float[course.coordinates()]);
      for (int i = 0; i < next.length; i++) {
        assertClose(next[i], 0.9 * delta[i], 1e-15);
      }
      delta = next;
    }
  }

  /** L48: without momentum it is gradient descent, to the bit. */
  @Property(tries = 50)
  @Tag("widths")
  void withoutMomentumItIsSgd(@ForAll Precision precision, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    double[][] sgd = precision.deltas(new Sgd(), LEARNING_RATE, gradients);
    double[][] deltas = precision.deltas(new Momentum(0), LEARNING_RATE, gradients);
    for (int t = 0; t < sgd.length; t++) {
      assertEqual(deltas[t], sgd[t]);
    }
  }

  /**
   * L50: dampening scales all gradients but the first, so the damped step is the undamped one times
   * 1 - d, plus what the first gradient has too much.
   */
  @Property(tries = 50)
  void theFirstGradientIsNotDampened(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 1) double d) {
    float[][] gradients = course.gradients(1e-3, 1e3);
    double[][] damped = Precision.DOUBLE.deltas(new Momentum(0.9, d), LEARNING_RATE, gradients);
    double[][] plain = Precision.DOUBLE.deltas(new Momentum(0.9), LEARNING_RATE, gradients);
    for (int i = 0; i < course.coordinates(); i++) {
      double size = 0;
      for (int t = 0; t < plain.length; t++) {
        size += LEARNING_RATE * Math.abs(gradients[t][i]);
        double extra = -LEARNING_RATE * Math.pow(0.9, t) * d * gradients[0][i];
        assertThat(damped[t][i]).isCloseTo((1 - d) * plain[t][i] + extra, within(1e-13 * size));
      }
    }
  }

  /**
   * L51: with a constant learning rate it does not matter that Keras has it inside the velocity.
   */
  @Property(tries = 50)
  void constantLearningRateMayBeInsideTheVelocity(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-3, 1e3);
    double[][] deltas = Precision.DOUBLE.deltas(new Momentum(0.9), LEARNING_RATE, gradients);
    for (int i = 0; i < course.coordinates(); i++) {
      double velocity = 0;
      double size = 0;
      for (int t = 0; t < deltas.length; t++) {
        velocity = 0.9 * velocity - LEARNING_RATE * gradients[t][i];
        size += LEARNING_RATE * Math.abs(gradients[t][i]);
        assertThat(deltas[t][i]).isCloseTo(velocity, within(1e-13 * size));
      }
    }
  }

  /** L71: in a bowl of steepness h it arrives if the rate is below 2 (1 + momentum) / h. */
  @Property(tries = 50)
  void bowlsHaveALargestRate(
      @ForAll @DoubleRange(max = 0.95) double mu,
      @ForAll @DoubleRange(min = 0.1, max = 1.9) double part,
      @ForAll @DoubleRange(min = 0.01, max = 100) double h) {
    assertThat(distance(new Momentum(mu), part * (1 + mu) / h, h, 1000)).isLessThan(1e-6);
    assertThat(distance(new Momentum(mu), (part + 2) * (1 + mu) / h, h, 300)).isGreaterThan(1e6);
  }

  /** L71: with the best settings for steepnesses 1 and 100, 9/11 a step, where SGD has 99/101. */
  @Example
  void theBestSettingsTakeTheRootOfTheCondition() {
    Momentum rule = new Momentum(Math.pow(9.0 / 11, 2));
    double rate = 4.0 / (11 * 11);
    for (double h : new double[] {1, 100}) {
      // The matrix is defective there: t steps leave t times the power.
      double left = distance(rule, rate, h, 300) / 300;
      assertThat(Math.pow(left, 1.0 / 300)).isCloseTo(9.0 / 11, within(0.01));
    }
  }

  /** L73: gradients with noise keep it farther from the bottom than without momentum. */
  @Example
  void noiseKeepsItAtADistance() {
    double mu = 0.8;
    double expected = 0.1 * (1 + mu) / ((1 - mu) * (2 * (1 + mu) - 0.1));
    assertThat(stationaryVariance(new Momentum(mu), 0.1))
        .isCloseTo(expected, within(0.03 * expected));
  }

  /** The variance at the bottom of x^2 / 2, with noise of variance 1 in the gradient. */
  static double stationaryVariance(UpdateRule rule, double learningRate) {
    SplittableRandom random = new SplittableRandom(73);
    Replay replay = new Replay(rule, 0);
    int steps = 400_000;
    double squares = 0;
    for (int t = 0; t < steps; t++) {
      replay.step(learningRate, replay.values()[0] + random.nextGaussian());
      squares += replay.values()[0] * replay.values()[0];
    }
    return squares / steps;
  }

  /** How far from the bottom of a bowl it is, having started at 1. */
  static double distance(UpdateRule rule, double learningRate, double steepness, int steps) {
    Replay replay = new Replay(rule, 1);
    for (int t = 0; t < steps; t++) {
      replay.step(learningRate, steepness * replay.values()[0]);
    }
    return Math.abs(replay.values()[0]);
  }

  private static void assertClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }
}
