package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
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

class ScheduleFreeSgdProperties implements ElementwiseLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new ScheduleFreeSgd(), new ScheduleFreeSgd(0.5, 0.1), new ScheduleFreeSgd(0.98, 0));
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g;
  }

  @Override
  public List<Slot> opposed() {
    return List.of(ScheduleFreeSgd.Z);
  }

  /** Equations 3 to 5 of Defazio et al., with x kept and y worked out from it. */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double beta,
      @ForAll @DoubleRange(max = 2) double decay) {
    Replay replay = new Replay(new ScheduleFreeSgd(beta, decay), 1.5);
    double x = 1.5;
    double z = 1.5;
    double weights = 0;
    double largest = 0;
    float[][] gradients = course.gradients(1e-3, 10);
    for (int t = 1; t <= gradients.length; t++) {
      double rate = LEARNING_RATE * Math.min(1, t / 5.0) / (t > 15 ? 2 : 1);
      largest = Math.max(largest, rate);
      weights += largest * largest;
      double c = largest * largest / weights;
      double y = (1 - beta) * z + beta * x;
      assertThat(replay.values()[0]).isCloseTo(y, within(1e-12));
      z -= rate * (gradients[t - 1][0] + decay * y);
      x = (1 - c) * x + c * z;
      replay.step(rate, gradients[t - 1][0]);
      assertThat(replay.averages()[0]).isCloseTo(x, within(1e-12 / beta));
    }
  }

  /** L57: z is the path of gradient descent, and what is evaluated its uniform mean. */
  @Property(tries = 50)
  void averagesThePathOfSgd(@ForAll("courses") Course course) {
    Replay sgd = new Replay(new Sgd(), 2);
    Replay replay = new Replay(new ScheduleFreeSgd(0.9, 0), 2);
    double sum = 0;
    float[][] gradients = course.gradients(1e-3, 10);
    for (int t = 1; t <= gradients.length; t++) {
      sgd.step(LEARNING_RATE, gradients[t - 1][0]);
      replay.step(LEARNING_RATE, gradients[t - 1][0]);
      sum += sgd.values()[0];
      assertThat(replay.state(ScheduleFreeSgd.Z)[0]).isEqualTo(sgd.values()[0]);
      assertThat(replay.averages()[0]).isCloseTo(sum / t, within(1e-13 * 10));
    }
  }

  /** Steps that are not taken do not count in the mean. */
  @Example
  void aWarmUpFromZeroIsFine() {
    Replay replay = new Replay(new ScheduleFreeSgd(), 2);
    replay.step(0, 1);
    assertThat(replay.values()).containsExactly(2);
    replay.step(0.5, 1);
    assertThat(replay.averages()[0]).isCloseTo(1.5, within(1e-15));
  }

  /** On a noisy bowl the mean is nearer the bottom than the path is. */
  @Example
  void theMeanIsNearerThanThePath() {
    Course noise = new Course(1, 2000, 7);
    Replay replay = new Replay(new ScheduleFreeSgd(0.9, 0), 5);
    double path = 0;
    double mean = 0;
    float[][] gradients = noise.gradients(0.1, 10);
    for (int t = 0; t < gradients.length; t++) {
      replay.step(0.1, replay.values()[0] + gradients[t][0]);
      if (t >= 1000) {
        path += Math.abs(replay.state(ScheduleFreeSgd.Z)[0]);
        mean += Math.abs(replay.averages()[0]);
      }
    }
    assertThat(mean).isLessThan(path / 4);
  }
}
