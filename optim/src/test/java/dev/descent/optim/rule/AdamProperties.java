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
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class AdamProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Adam(),
        new Adam(0.5, 0.9, 1e-4),
        new Adam(0, 0.99, 1e-8),
        new Adam(0.3, 0.2, 1e-8),
        new Adam(0, 0, 1e-8),
        new Adam(0.9, 0.999, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new Adam(0.9, 0.999, epsilon);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g / (Math.abs(g) + ((Adam) rule).epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((Adam) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L15: no step is longer than what the inequality of Cauchy and Schwarz allows. */
  @Property(tries = 100)
  void stepsAreBounded(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(max = 0.99) double beta1,
      @ForAll @DoubleRange(max = 0.99) double beta2) {
    double[][] deltas =
        Precision.DOUBLE.deltas(
            new Adam(beta1, beta2, 0), LEARNING_RATE, course.gradients(1e-10, 1e10));
    for (int t = 1; t <= deltas.length; t++) {
      double bound = LEARNING_RATE * bound(beta1, beta2, t) * (1 + 1e-12);
      assertThat(Arrays.stream(deltas[t - 1]).boxed()).allMatch(d -> Math.abs(d) <= bound);
    }
  }

  /** L15: the bound is reached, 7.27 learning rates with the default betas. */
  @Example
  void longestStepIsReached() {
    int steps = 8000;
    Replay replay = new Replay(new Adam(0.9, 0.999, 0), 0);
    double longest = 0;
    for (int t = 1; t <= steps; t++) {
      boolean late = t > steps - 300;
      double g = late ? Math.pow(0.999 / 0.9, t - steps) : 0;
      longest = Math.max(longest, Math.abs(replay.step(1, g)[0]));
    }
    assertThat(longest).isCloseTo(7.269, within(0.001));
    assertThat(longest).isLessThan(bound(0.9, 0.999, steps));
  }

  private static double bound(double beta1, double beta2, int t) {
    if (beta2 == 0) {
      return beta1 == 0 ? 1 : Double.POSITIVE_INFINITY;
    }
    double r = beta1 * beta1 / beta2;
    double sum = 0;
    for (int k = 0; k < t; k++) {
      sum += Math.pow(r, k);
    }
    return (1 - beta1)
        / Math.sqrt(1 - beta2)
        * Math.sqrt(sum)
        * Math.sqrt(1 - Math.pow(beta2, t))
        / (1 - Math.pow(beta1, t));
  }

  /** L31: under a constant gradient every step is the first step. */
  @Property(tries = 20)
  void constantGradientsGiveConstantSteps(
      @ForAll @DoubleRange(min = -10, max = 10) double exponent) {
    double g = Math.pow(10, exponent);
    Replay replay = new Replay(new Adam(), 0);
    double expected = -LEARNING_RATE * g / (g + 1e-8);
    for (int t = 1; t <= 2000; t++) {
      assertThat(replay.step(LEARNING_RATE, g)[0])
          .isCloseTo(expected, within(3e-10 * Math.abs(expected)));
    }
  }

  /** L31 in float32: the moments must not settle off their mark. */
  @Property(tries = 20)
  @Tag("widths")
  void constantGradientsGiveConstantStepsInFloat(
      @ForAll @DoubleRange(min = -3, max = 3) double exponent) {
    float g = (float) Math.pow(10, exponent);
    Precision.Run run = Precision.FLOAT.start(new Adam(), 1);
    double expected = -LEARNING_RATE * g / (g + 1e-8);
    for (int t = 1; t <= 2000; t++) {
      assertThat(run.step(LEARNING_RATE, new float[] {g})[0])
          .isCloseTo(expected, within(7e-6 * Math.abs(expected)));
    }
  }

  /** L42: without gradients it coasts, slower by beta1 over root beta2 and the corrections. */
  @Property(tries = 20)
  void coasts(@ForAll("courses") Course course) {
    Precision.Run run = Precision.DOUBLE.start(new Adam(0.9, 0.999, 0), course.coordinates());
    double[] delta = new double[0];
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      delta = run.step(LEARNING_RATE, gradient);
    }
    for (int t = course.steps(); t < course.steps() + 10; t++) {
      double[] next = run.step(LEARNING_RATE, new float[course.coordinates()]);
      double ratio =
          0.9
              / Math.sqrt(0.999)
              * ((1 - Math.pow(0.9, t)) / (1 - Math.pow(0.9, t + 1)))
              * Math.sqrt((1 - Math.pow(0.999, t + 1)) / (1 - Math.pow(0.999, t)));
      for (int i = 0; i < next.length; i++) {
        assertThat(next[i]).isCloseTo(ratio * delta[i], within(1e-12 * Math.abs(delta[i])));
      }
      delta = next;
    }
  }

  /** L52: without a first moment it is RMSprop with bias correction. */
  @Property(tries = 50)
  void withoutFirstMomentItIsCorrectedRmsProp(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double[][] deltas = Precision.DOUBLE.deltas(new Adam(0, 0.99, 1e-8), LEARNING_RATE, gradients);
    for (int i = 0; i < course.coordinates(); i++) {
      double v = 0;
      for (int t = 1; t <= deltas.length; t++) {
        double g = gradients[t - 1][i];
        v = 0.99 * v + 0.01 * g * g;
        double expected = -LEARNING_RATE * g / (Math.sqrt(v / (1 - Math.pow(0.99, t))) + 1e-8);
        assertThat(deltas[t - 1][i]).isCloseTo(expected, within(1e-13 * Math.abs(expected)));
      }
    }
  }

  /** L52: without any memory only the sign is left. */
  @Property(tries = 50)
  void withoutMemoryOnlyTheSignIsLeft(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    double[][] deltas = Precision.DOUBLE.deltas(new Adam(0, 0, 0), LEARNING_RATE, gradients);
    for (int t = 0; t < deltas.length; t++) {
      for (int i = 0; i < course.coordinates(); i++) {
        assertThat(deltas[t][i])
            .isCloseTo(-LEARNING_RATE * Math.signum(gradients[t][i]), within(1e-17));
      }
    }
  }

  /** L53: with beta2 near one and a rate that falls like the inverse root, it is AdaGrad. */
  @Property(tries = 20)
  void tendsToAdaGrad(@ForAll long seed) {
    float[][] gradients = new Course(5, 50, seed).gradients(1e-3, 1e3);
    double[][] adaGrad = Precision.DOUBLE.deltas(new AdaGrad(0, 0), LEARNING_RATE, gradients);
    Precision.Run adam = Precision.DOUBLE.start(new Adam(0, 1 - 1e-7, 0), 5);
    for (int t = 1; t <= 50; t++) {
      double[] deltas = adam.step(LEARNING_RATE / Math.sqrt(t), gradients[t - 1]);
      for (int i = 0; i < 5; i++) {
        assertThat(deltas[i]).isCloseTo(adaGrad[t - 1][i], within(1e-5 * LEARNING_RATE));
      }
    }
  }

  /** L29: the second moment falls no faster than beta2 lets it, and is neither negative nor NaN. */
  @Property(tries = 100)
  @Tag("widths")
  void theSecondMomentFallsSlowly(@ForAll Precision precision, @ForAll("courses") Course course) {
    double beta2 = 0.75; // exact in float32
    Precision.Run run = precision.start(new Adam(0.9, beta2, 1e-8), course.coordinates());
    double[] before = run.state(Adam.V);
    for (float[] gradient : course.gradients(1e-10, 1e18)) {
      run.step(LEARNING_RATE, gradient);
      double[] after = run.state(Adam.V);
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isFinite().isNotNegative();
        if (before[i] > 1e-25) { // what is smaller may fade to zero
          assertThat(after[i]).isGreaterThanOrEqualTo(beta2 * before[i] * (1 - 1e-7));
        }
      }
      before = after;
    }
  }

  /** L62: the derivative of the first step, which epsilon makes smooth. */
  @Property(tries = 50)
  void theFirstStepsDerivativeIsKnown(@ForAll @DoubleRange(min = 0.1, max = 10) double g) {
    double epsilon = 0.5;
    double h = 1e-5;
    double difference = firstStep(epsilon, g + h) - firstStep(epsilon, g - h);
    double expected = -LEARNING_RATE * epsilon / ((g + epsilon) * (g + epsilon));
    assertThat(difference / (2 * h)).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
  }

  private static double firstStep(double epsilon, double g) {
    return new Replay(new Adam(0.9, 0.999, epsilon), 0).step(LEARNING_RATE, g)[0];
  }
}
