package dev.descent.optim.rule;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.study.Replay;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AsgdProperties implements ElementwiseLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new Asgd(), new Asgd(0.1, 0.5, 3), new Asgd(0, 0.75, 0), new Asgd(0.3, 1, 1));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g;
  }

  /** L61: from step t0 + 2 on the average is the mean of the places; before it, the last one. */
  @Property(tries = 50)
  void averagesThePlaces(@ForAll("courses") Course course, @ForAll @IntRange(max = 8) int t0) {
    Replay replay = new Replay(new Asgd(0.1, 0.75, t0), 2);
    double sum = 0;
    float[][] gradients = course.gradients(1e-3, 10);
    for (int t = 1; t <= gradients.length; t++) {
      replay.step(LEARNING_RATE, gradients[t - 1][0]);
      double place = replay.values()[0];
      double mean = place;
      if (t >= t0 + 2) {
        sum += place;
        mean = sum / (t - t0 - 1);
      }
      assertThat(replay.averages()[0]).isCloseTo(mean, within(1e-14 * 3));
    }
  }

  /** Steps shorten as Bottou's formula says, and decay with what is left of the rate. */
  @Property(tries = 50)
  void stepsShorten(
      @ForAll @DoubleRange(max = 2) double lambda, @ForAll @DoubleRange(max = 2) double alpha) {
    Replay replay = new Replay(new Asgd(lambda, alpha, 1e6), 1.5);
    for (int t = 1; t <= 50; t++) {
      double eta = 0.1 / Math.pow(1 + lambda * 0.1 * (t - 1), alpha);
      double expected = -eta * (3 + lambda * replay.values()[0]);
      assertThat(replay.step(0.1, 3)[0]).isCloseTo(expected, within(1e-14));
    }
  }

  /** Without decay it is gradient descent at a constant rate, whatever the power. */
  @Property(tries = 50)
  @Tag("widths")
  void withoutDecayItIsSgd(@ForAll Precision precision, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    double[][] sgd = precision.deltas(new Sgd(), LEARNING_RATE, gradients);
    double[][] deltas = precision.deltas(new Asgd(0, 0.75, 0), LEARNING_RATE, gradients);
    for (int t = 0; t < sgd.length; t++) {
      assertEqual(deltas[t], sgd[t]);
    }
  }
}
