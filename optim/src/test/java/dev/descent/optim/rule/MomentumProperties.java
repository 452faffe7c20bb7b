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

  private static void assertClose(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
  }
}
