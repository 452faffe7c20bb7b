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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ScheduleFreeAdamWProperties
    implements ElementwiseLaws, AdaptiveLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(
        new ScheduleFreeAdamW(),
        new ScheduleFreeAdamW(0.5, 0.9, 1e-4, 0.1),
        new ScheduleFreeAdamW(0.98, 0.3, 1e-8, 0.01),
        new ScheduleFreeAdamW(0.9, 0.999, 0, 0));
  }

  @Override
  public UpdateRule withEpsilon(double epsilon) {
    return new ScheduleFreeAdamW(0.9, 0.999, epsilon, 0);
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return -learningRate * g / (Math.abs(g) + ((ScheduleFreeAdamW) rule).epsilon());
  }

  @Override
  public double largestGradient() {
    return 1e18;
  }

  @Override
  public double smallestGradient(UpdateRule rule) {
    return ((ScheduleFreeAdamW) rule).epsilon() == 0 ? 1e-15 : 1e-20;
  }

  @Override
  public List<Slot> opposed() {
    return List.of(ScheduleFreeAdamW.Z);
  }

  /** Algorithm 1 of Defazio et al., with x kept and y worked out from it. */
  @Property(tries = 100)
  void followsThePaper(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double beta1,
      @ForAll @DoubleRange(max = 0.99) double beta2,
      @ForAll @DoubleRange(max = 2) double decay) {
    Replay replay = new Replay(new ScheduleFreeAdamW(beta1, beta2, 1e-8, decay), 1.5);
    double x = 1.5;
    double z = 1.5;
    double v = 0;
    float[][] gradients = course.gradients(1e-3, 1e3);
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1][0];
      double y = (1 - beta1) * z + beta1 * x;
      v = beta2 * v + (1 - beta2) * g * g;
      double root = Math.sqrt(v / (1 - Math.pow(beta2, t)));
      z -= LEARNING_RATE * (g / (root + 1e-8) + decay * y);
      x += (z - x) / t;
      replay.step(LEARNING_RATE, g);
      assertThat(replay.values()[0]).isCloseTo((1 - beta1) * z + beta1 * x, within(1e-12));
      assertThat(replay.averages()[0]).isCloseTo(x, within(1e-12 / beta1));
    }
  }

  /** Its path is AdamW's without a first moment, as far as there is no decay. */
  @Property(tries = 50)
  void thePathIsAdamsWithoutFirstMoment(@ForAll("courses") Course course) {
    Replay adam = new Replay(new Adam(0, 0.99, 1e-8), 2);
    Replay replay = new Replay(new ScheduleFreeAdamW(0.9, 0.99, 1e-8, 0), 2);
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      adam.step(LEARNING_RATE, gradient[0]);
      replay.step(LEARNING_RATE, gradient[0]);
      assertThat(replay.state(ScheduleFreeAdamW.Z)[0]).isCloseTo(adam.values()[0], within(1e-14));
    }
  }
}
