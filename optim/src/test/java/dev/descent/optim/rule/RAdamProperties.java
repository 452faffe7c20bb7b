package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.CommonLaws;
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
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class RAdamProperties implements UpdateRuleLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new RAdam(),
        new RAdam(0.5, 0.9, 1e-4),
        new RAdam(0, 0.99, 1e-8),
        new RAdam(0.3, 0.2, 1e-8),
        new RAdam(0.9, 0.8, 0));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g;
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((RAdam) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L38: at first it is momentum with a correction; step 6 is the first that divides. */
  @Property(tries = 50)
  void startsAsMomentum(@ForAll("courses") Course course) {
    Replay replay = new Replay(new RAdam(), 0);
    double m = 0;
    float[][] gradients = course.gradients(1, 100);
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1][0] + 200;
      m = 0.9 * m + 0.1 * g;
      double momentum = -LEARNING_RATE * m / (1 - Math.pow(0.9, t));
      double delta = replay.step(LEARNING_RATE, g)[0];
      if (t <= 5) {
        assertThat(delta).isCloseTo(momentum, within(1e-14 * Math.abs(momentum)));
      } else {
        assertThat(Math.abs(delta)).isLessThan(LEARNING_RATE);
      }
    }
  }

  /** L38: a memory of less than six gradients is never worth dividing by. */
  @Property(tries = 20)
  void shortMemoriesNeverDivide(@ForAll @DoubleRange(max = 0.6) double beta2) {
    for (int t = 1; t <= 1000; t++) {
      assertThat(RAdam.rectification(beta2, t)).isZero();
    }
  }

  /** The factor rises from step 6 to one; rho of steps 5 and 6 are on either side of 5. */
  @Example
  void rectificationRisesToOne() {
    double before = 0;
    for (int t = 1; t <= 20_000; t++) {
      double r = RAdam.rectification(0.999, t);
      assertThat(r == 0).isEqualTo(t <= 5);
      assertThat(r).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(1);
      before = r;
    }
    assertThat(before).isCloseTo(1, within(1e-4));
    double rho = 5.9942;
    double expected = Math.sqrt((rho - 4) * (rho - 2) * 1999 / ((1999.0 - 4) * (1999 - 2) * rho));
    assertThat(RAdam.rectification(0.999, 6)).isCloseTo(expected, within(1e-4 * expected));
  }

  /** L12: once it divides, the size of all gradients does not matter without epsilon. */
  @Property(tries = 50)
  void onceItDividesTheScaleDoesNotMatter(
      @ForAll("courses") Course course, @ForAll @IntRange(min = -10, max = 10) int exponent) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double factor = Math.scalb(1.0, exponent);
    double[][] deltas = Precision.DOUBLE.deltas(new RAdam(0.9, 0.999, 0), LEARNING_RATE, gradients);
    double[][] scaledDeltas =
        Precision.DOUBLE.deltas(
            new RAdam(0.9, 0.999, 0), LEARNING_RATE, CommonLaws.scaled(gradients, factor));
    for (int t = 0; t < deltas.length; t++) {
      assertEqual(scaledDeltas[t], CommonLaws.scaled(deltas[t], t < 5 ? factor : 1));
    }
  }
}
