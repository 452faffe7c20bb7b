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
import net.jqwik.api.constraints.DoubleRange;

class RmsPropProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new RmsProp(),
        new RmsProp(0.9, 1e-7),
        new RmsProp(0.3, 1e-5),
        new RmsProp(0, 1e-8),
        new RmsProp(0.5, 0.1),
        new RmsProp(0.99, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new RmsProp(0.99, epsilon);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    RmsProp rmsProp = (RmsProp) rule;
    return -learningRate * g / (Math.sqrt((1 - rmsProp.decay()) * g * g) + rmsProp.epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((RmsProp) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L17: no step is longer than the first would be. */
  @Property(tries = 100)
  void stepsAreBounded(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 0.99) double decay) {
    float[][] gradients = course.gradients(1e-10, 1e10);
    double bound = LEARNING_RATE / Math.sqrt(1 - decay) * (1 + 1e-14);
    for (double[] deltas :
        Precision.DOUBLE.deltas(new RmsProp(decay, 0), LEARNING_RATE, gradients)) {
      assertThat(Arrays.stream(deltas).boxed()).allMatch(delta -> Math.abs(delta) <= bound);
    }
  }

  /** L34, L37: for gradients of one size, of whatever sign, steps fall towards the rate. */
  @Property(tries = 50)
  void equalGradientsGiveTheRate(
      @ForAll @DoubleRange(min = -9, max = 9) double exponent,
      @ForAll @DoubleRange(max = 0.99) double decay) {
    double g = Math.pow(10, exponent);
    Replay replay = new Replay(new RmsProp(decay, 0), 0, 0);
    for (int t = 1; t <= 200; t++) {
      double sign = t % 3 == 0 ? 1 : -1;
      double expected = LEARNING_RATE / Math.sqrt(1 - Math.pow(decay, t));
      double[] delta = replay.step(LEARNING_RATE, g, sign * g);
      assertThat(delta[0]).isCloseTo(-expected, within(2e-13 * expected));
      assertThat(delta[1]).isCloseTo(-sign * expected, within(2e-13 * expected));
    }
  }

  /** L42: without a gradient nothing moves, whatever went before. */
  @Property(tries = 20)
  void zeroGradientsDoNotMove(@ForAll("courses") Course course) {
    Precision.Run run = Precision.DOUBLE.start(new RmsProp(), course.coordinates());
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      run.step(LEARNING_RATE, gradient);
    }
    assertEqual(
        run.step(LEARNING_RATE, new float[course.coordinates()]), new double[course.coordinates()]);
  }
}
