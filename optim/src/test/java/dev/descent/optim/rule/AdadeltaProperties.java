package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
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
import net.jqwik.api.constraints.IntRange;

class AdadeltaProperties implements UpdateRuleLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Adadelta(), new Adadelta(0.99, 1e-7), new Adadelta(0.3, 1e-6), new Adadelta(0, 0.1));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    double decay = ((Adadelta) rule).decay();
    double epsilon = ((Adadelta) rule).epsilon();
    return -learningRate * Math.sqrt(epsilon) * g / Math.sqrt((1 - decay) * g * g + epsilon);
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  /** L11 for a rule whose steps have the unit of the parameter: all scales with root epsilon. */
  @Property(tries = 100)
  @Tag("widths")
  void epsilonIsInsideTheRoots(
      @ForAll Precision precision,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = 1, max = 8) int exponent) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double factor = Math.scalb(1.0, exponent);
    float[][] scaledGradients = new float[gradients.length][];
    for (int t = 0; t < gradients.length; t++) {
      scaledGradients[t] = gradients[t].clone();
      for (int i = 0; i < gradients[t].length; i++) {
        scaledGradients[t][i] *= (float) factor;
      }
    }
    double[][] deltas = precision.deltas(new Adadelta(0.9, 1e-3), 1, gradients);
    double[][] scaledDeltas =
        precision.deltas(new Adadelta(0.9, factor * factor * 1e-3), 1, scaledGradients);
    for (int t = 0; t < deltas.length; t++) {
      assertThat(scaledDeltas[t])
          .containsExactly(Arrays.stream(deltas[t]).map(delta -> factor * delta).toArray());
    }
  }

  /** L40: under a constant gradient steps grow, as they feed on one another. */
  @Example
  void constantGradientsGiveGrowingSteps() {
    Replay replay = new Replay(new Adadelta(), 0);
    double before = 0;
    for (int t = 1; t <= 1000; t++) {
      double step = -replay.step(1, 1)[0];
      assertThat(step).isGreaterThan(before);
      double expected =
          switch (t) {
            case 1 -> 0.00316;
            case 10 -> 0.00351;
            case 100 -> 0.00466;
            case 1000 -> 0.01057;
            default -> step;
          };
      assertThat(step).as("step %d", t).isCloseTo(expected, within(5e-6));
      before = step;
    }
  }

  /** The learning rate scales the step but not what is remembered of it. */
  @Property(tries = 20)
  void stepsAreRememberedUnscaled(@ForAll("courses") Course course) {
    Precision.Run slow = Precision.DOUBLE.start(new Adadelta(), course.coordinates());
    Precision.Run fast = Precision.DOUBLE.start(new Adadelta(), course.coordinates());
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      slow.step(0.001, gradient);
      double[] dx = fast.step(1, gradient);
      assertThat(slow.state(Adadelta.U)).isEqualTo(fast.state(Adadelta.U));
      assertThat(dx).hasSameSizeAs(gradient);
    }
  }
}
