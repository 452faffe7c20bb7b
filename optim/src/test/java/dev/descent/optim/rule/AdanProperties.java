package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.AdaptiveLaws;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class AdanProperties implements ElementwiseLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new Adan(),
        new Adan(0.9, 0.5, 0.9, 1e-4, 0.02),
        new Adan(0.3, 0.2, 0.4, 1e-8, 2),
        new Adan(0.98, 0.92, 0.99, 0, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new Adan(0.98, 0.92, 0.99, epsilon, 0);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    Adan adan = (Adan) rule;
    double shrinking = 1 + learningRate * adan.weightDecay();
    return -learningRate * g / (Math.abs(g) + adan.epsilon()) / shrinking;
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((Adan) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  @Override
  public List<Slot> opposed() {
    return List.of(Adan.PREVIOUS);
  }

  /**
   * Algorithm 1 of Xie et al. in the paper's betas, one minus ours, with the code's corrections.
   */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(min = 0.01, max = 1) double beta1,
      @ForAll @DoubleRange(min = 0.01, max = 1) double beta2,
      @ForAll @DoubleRange(min = 0.01, max = 1) double beta3,
      @ForAll @DoubleRange(max = 2) double lambda) {
    Replay replay = new Replay(new Adan(1 - beta1, 1 - beta2, 1 - beta3, 1e-8, lambda), 1.5);
    double theta = 1.5;
    double m = 0;
    double v = 0;
    double n = 0;
    float[][] gradients = course.gradients(1e-3, 1e3);
    double previous = gradients[0][0];
    double largest = 1.5;
    for (int k = 1; k <= gradients.length; k++) {
      double g = gradients[k - 1][0];
      double difference = g - previous;
      m = (1 - beta1) * m + beta1 * g;
      v = (1 - beta2) * v + beta2 * difference;
      n = (1 - beta3) * n + beta3 * Math.pow(g + (1 - beta2) * difference, 2);
      double eta = LEARNING_RATE / (Math.sqrt(n / (1 - Math.pow(1 - beta3, k))) + 1e-8);
      double ahead =
          m / (1 - Math.pow(1 - beta1, k)) + (1 - beta2) * v / (1 - Math.pow(1 - beta2, k));
      theta = (theta - eta * ahead) / (1 + LEARNING_RATE * lambda);
      previous = g;
      replay.step(LEARNING_RATE, g);
      largest = Math.max(largest, Math.abs(theta));
      assertThat(replay.values()[0]).isCloseTo(theta, within(1e-11 * largest));
    }
  }

  /** Gradients that stay the same have no differences: every step is the learning rate. */
  @Property(tries = 20)
  void constantGradientsGiveConstantSteps(@ForAll @DoubleRange(min = -6, max = 9) double exponent) {
    double g = Math.pow(10, exponent);
    Replay replay = new Replay(new Adan(0.98, 0.92, 0.99, 0, 0), 0);
    for (int t = 1; t <= 200; t++) {
      assertThat(replay.step(LEARNING_RATE, g)[0])
          .isCloseTo(-LEARNING_RATE, within(1e-12 * LEARNING_RATE));
    }
  }

  /** L43: without gradients each step divides by one plus rate times decay. */
  @Example
  void withoutGradientsItShrinks() {
    Replay replay = new Replay(new Adan(0.98, 0.92, 0.99, 1e-8, 3), 2);
    for (int t = 1; t <= 50; t++) {
      replay.step(0.1, 0);
    }
    assertThat(replay.values()[0]).isCloseTo(2 / Math.pow(1.3, 50), within(1e-15));
  }
}
