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
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

class CenteredRmsPropProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new CenteredRmsProp(),
        new CenteredRmsProp(0.9, 0.5, 1e-7),
        new CenteredRmsProp(0.3, 0.3, 1e-5),
        new CenteredRmsProp(0, 0.9, 1e-3),
        new CenteredRmsProp(0.5, 1, 0.1),
        new CenteredRmsProp(0.99, 0.9, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new CenteredRmsProp(0.99, 0.9, epsilon);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    CenteredRmsProp it = (CenteredRmsProp) rule;
    double variance = it.decay() * (1 - it.decay()) * g * g;
    return -learningRate * g / (Math.sqrt(variance) + it.epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((CenteredRmsProp) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** The variance is what Graves writes: the mean square minus the squared mean. */
  @Property(tries = 100)
  void theVarianceIsGraves(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 0.99) double decay) {
    Replay replay = new Replay(new CenteredRmsProp(decay, 0, 1e-8), 0);
    double meanSquare = 0;
    double mean = 0;
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      double g = gradient[0];
      replay.step(LEARNING_RATE, g);
      meanSquare = decay * meanSquare + (1 - decay) * g * g;
      mean = decay * mean + (1 - decay) * g;
      assertThat(replay.state(CenteredRmsProp.V)[0])
          .isCloseTo(meanSquare - mean * mean, within(1e-13 * meanSquare));
    }
  }

  /** L18: under a constant gradient steps grow, up to what epsilon allows; float32 stays finite. */
  @Example
  void constantGradientsGiveGrowingSteps() {
    Replay replay = new Replay(new CenteredRmsProp(0.99, 0, 0), 0);
    Precision.Run floats = Precision.FLOAT.start(new CenteredRmsProp(0.99, 0, 0), 1);
    for (int t = 1; t <= 1000; t++) {
      double faded = Math.pow(0.99, t);
      double expected = 1 / Math.sqrt(faded * (1 - faded));
      assertThat(-replay.step(1, 0.1f)[0]).isCloseTo(expected, within(1e-11 * expected));
      assertThat(-floats.step(1, new float[] {0.1f})[0])
          .isCloseTo(expected, within(0.01 * expected));
    }
  }

  /** L18: in float32 too the variance is never negative and the step finite. */
  @Property(tries = 20)
  @Tag("widths")
  void theVarianceIsNeverNegative(@ForAll @DoubleRange(min = -3, max = 3) double exponent) {
    float g = (float) Math.pow(10, exponent);
    Precision.Run run = Precision.FLOAT.start(new CenteredRmsProp(0.9, 0.9, 1e-8), 1);
    for (int t = 1; t <= 3000; t++) {
      assertThat(run.step(LEARNING_RATE, new float[] {g})[0]).isFinite();
      assertThat(run.state(CenteredRmsProp.V)[0]).isNotNegative();
    }
  }
}
