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

class NadamProperties implements UpdateRuleLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Nadam(),
        new Nadam(0.5, 0.9, 1e-4, 0.1),
        new Nadam(0, 0.99, 1e-8, 0.004),
        new Nadam(0.3, 0.2, 1e-8, 1),
        new Nadam(0.9, 0.999, 0, 1));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new Nadam(0.9, 0.999, epsilon, 0.004);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    Nadam it = (Nadam) rule;
    double mu1 = it.beta1() * (1 - 0.5 * Math.pow(0.96, it.momentumDecay()));
    double mu2 = it.beta1() * (1 - 0.5 * Math.pow(0.96, 2 * it.momentumDecay()));
    double ahead = g + mu2 * (1 - it.beta1()) * g / (1 - mu1 * mu2);
    return -learningRate * ahead / (Math.abs(g) + it.epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((Nadam) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  /** L32: under a constant gradient steps depend on the momenta alone, 1.0565 at first. */
  @Example
  void constantGradientsGiveTheFactorsOfTheMomenta() {
    Replay replay = new Replay(new Nadam(0.9, 0.999, 0, 0.004), 0);
    double[] known = {1.0565, 0.7837, 0.7322, 0.7311};
    double product = 1;
    for (int t = 1; t <= 300; t++) {
      double mu = 0.9 * (1 - 0.5 * Math.pow(0.96, t * 0.004));
      double next = 0.9 * (1 - 0.5 * Math.pow(0.96, (t + 1) * 0.004));
      product *= mu;
      double expected =
          next * (1 - Math.pow(0.9, t)) / (1 - product * next) + (1 - mu) / (1 - product);
      double step = -replay.step(1, 3)[0];
      assertThat(step).isCloseTo(expected, within(1e-12));
      if (t <= known.length) {
        assertThat(step).isCloseTo(known[t - 1], within(5e-5));
      }
    }
  }

  /** L55: without a first moment it is Adam. */
  @Property(tries = 50)
  void withoutFirstMomentItIsAdam(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double[][] adam = Precision.DOUBLE.deltas(new Adam(0, 0.99, 1e-8), LEARNING_RATE, gradients);
    double[][] deltas =
        Precision.DOUBLE.deltas(new Nadam(0, 0.99, 1e-8, 0.004), LEARNING_RATE, gradients);
    for (int t = 0; t < adam.length; t++) {
      for (int i = 0; i < course.coordinates(); i++) {
        assertThat(deltas[t][i]).isCloseTo(adam[t][i], within(1e-14 * Math.abs(adam[t][i])));
      }
    }
  }

  /** L55: Keras's Nadam, as its documentation gives it, is the one with momentum decay 1. */
  @Property(tries = 50)
  void withMomentumDecayOneItIsKeras(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    Replay replay = new Replay(new Nadam(0.9, 0.999, 1e-7, 1), 0);
    double m = 0;
    double v = 0;
    double product = 1;
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1][0];
      double u = 0.9 * (1 - 0.5 * Math.pow(0.96, t));
      double uNext = 0.9 * (1 - 0.5 * Math.pow(0.96, t + 1));
      product *= u;
      m += (g - m) * (1 - 0.9);
      v += (g * g - v) * (1 - 0.999);
      double hat = uNext * m / (1 - product * uNext) + (1 - u) * g / (1 - product);
      double expected = -LEARNING_RATE * hat / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-7);
      assertThat(replay.step(LEARNING_RATE, g)[0])
          .isCloseTo(expected, within(1e-11 * LEARNING_RATE));
    }
  }
}
