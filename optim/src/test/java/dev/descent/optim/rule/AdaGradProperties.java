package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class AdaGradProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new AdaGrad(),
        new AdaGrad(1e-7, 0.1),
        new AdaGrad(0.1, 0),
        new AdaGrad(0, 0),
        new AdaGrad(1e-10, 0, 0.3));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new AdaGrad(epsilon, 0);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    AdaGrad adaGrad = (AdaGrad) rule;
    return -learningRate
        * g
        / (Math.sqrt(adaGrad.initialAccumulator() + g * g) + adaGrad.epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((AdaGrad) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L19: the sum never falls, so the coordinate's own learning rate never rises. */
  @Property(tries = 100)
  @Tag("widths")
  void theSumNeverFalls(@ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new AdaGrad(), course.coordinates());
    double[] before = run.state(AdaGrad.SUM);
    for (float[] gradient : course.gradients(1e-20, 1e20)) {
      run.step(LEARNING_RATE, gradient);
      double[] after = run.state(AdaGrad.SUM);
      for (int i = 0; i < after.length; i++) {
        assertThat(after[i]).isGreaterThanOrEqualTo(before[i]);
        assertThat(LEARNING_RATE / Math.sqrt(after[i]))
            .isLessThanOrEqualTo(LEARNING_RATE / Math.sqrt(before[i]));
      }
      before = after;
    }
  }

  /** L20: no step is longer than the learning rate, and the classical sums are bounded. */
  @Property(tries = 100)
  void stepsAreBounded(@ForAll("courses") Course course) {
    Replay replay = new Replay(new AdaGrad(0, 0), 0);
    double relative = 0;
    double absolute = 0;
    double first = 0;
    double sum = 0;
    for (float[] gradient : course.gradients(1e-10, 1e10)) {
      double g = gradient[0];
      double delta = replay.step(LEARNING_RATE, g)[0];
      assertThat(Math.abs(delta)).isLessThanOrEqualTo(LEARNING_RATE);
      sum = replay.state(AdaGrad.SUM)[0];
      if (sum > 0) {
        first = first == 0 ? g * g : first;
        relative += g * g / sum;
        absolute += g * g / Math.sqrt(sum);
        assertThat(relative).isLessThanOrEqualTo((1 + Math.log(sum / first)) * (1 + 1e-12));
        assertThat(absolute).isLessThanOrEqualTo(2 * Math.sqrt(sum) * (1 + 1e-12));
      }
    }
  }

  /** L33, L37: for gradients of one size, of whatever sign, step t is the rate over root t. */
  @Property(tries = 50)
  void equalGradientsGiveTheInverseRoot(@ForAll @DoubleRange(min = -9, max = 9) double exponent) {
    double g = Math.pow(10, exponent);
    Replay replay = new Replay(new AdaGrad(0, 0), 0, 0);
    for (int t = 1; t <= 200; t++) {
      double sign = t % 3 == 0 ? 1 : -1;
      double expected = LEARNING_RATE / Math.sqrt(t);
      double[] delta = replay.step(LEARNING_RATE, g, sign * g);
      assertThat(delta[0]).isCloseTo(-expected, within(1e-13 * expected));
      assertThat(delta[1]).isCloseTo(-sign * expected, within(1e-13 * expected));
    }
  }

  /** L42: without a gradient nothing moves, whatever went before. */
  @Property(tries = 20)
  @Tag("widths")
  void zeroGradientsDoNotMove(@ForAll Precision precision, @ForAll("courses") Course course) {
    Precision.Run run = precision.start(new AdaGrad(), course.coordinates());
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      run.step(LEARNING_RATE, gradient);
    }
    assertEqual(
        run.step(LEARNING_RATE, new float[course.coordinates()]), new double[course.coordinates()]);
  }

  /**
   * L69: the regret bound of Duchi, Hazan and Singer, corollary 1, for gradients that always point
   * away from u. Who moves too slowly exceeds it.
   */
  @Property(tries = 50)
  void theRegretIsBounded(@ForAll long seed, @ForAll @DoubleRange(min = 3, max = 5) double u) {
    int n = 3;
    double rate = 0.5;
    Replay replay = new Replay(new AdaGrad(0, 0), new double[n]);
    double[] squares = new double[n];
    double farthest = 0;
    double lost = 0;
    for (float[] gradient : new Course(n, 300, seed).gradients(0.5, 1)) {
      double[] x = replay.values();
      double[] g = new double[n];
      for (int i = 0; i < n; i++) {
        g[i] = Math.abs(gradient[i]) * Math.signum(x[i] - u);
        squares[i] += g[i] * g[i];
        lost += g[i] * (x[i] - u);
        farthest = Math.max(farthest, Math.abs(x[i] - u));
      }
      replay.step(rate, g);
    }
    double roots = Arrays.stream(squares).map(Math::sqrt).sum();
    assertThat(lost)
        .isLessThanOrEqualTo((farthest * farthest / (2 * rate) + rate) * roots * (1 + 1e-12));
  }
}
