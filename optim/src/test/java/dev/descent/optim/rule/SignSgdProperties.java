package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.FirstStepLaws;
import dev.descent.optim.law.KernelLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.law.UpdateRuleLaws;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class SignSgdProperties implements UpdateRuleLaws, FirstStepLaws, KernelLaws {
  @Override
  public List<UpdateRule> configurations() {
    return List.of(new SignSgd());
  }

  @Override
  public double firstDelta(UpdateRule rule, double learningRate, double g) {
    return g > 0 ? -learningRate : learningRate;
  }

  /** L14, L22: every step is the learning rate, against the gradient; or zero without one. */
  @Property(tries = 100)
  @Tag("widths")
  void onlySignsCount(@ForAll Precision precision, @ForAll("courses") Course course) {
    double rate = Math.scalb(1.0, -7);
    float[][] gradients = course.gradients(1e-20, 1e20);
    double[][] deltas = precision.deltas(new SignSgd(), rate, gradients);
    for (int t = 0; t < deltas.length; t++) {
      for (int i = 0; i < course.coordinates(); i++) {
        double expected = gradients[t][i] > 0 ? -rate : gradients[t][i] < 0 ? rate : 0;
        assertThat(deltas[t][i] + 0.0).isEqualTo(expected);
      }
    }
  }

  /** L52: it is what Adam and RMSprop are without memory and epsilon. */
  @Property(tries = 50)
  void isAdamAndRmsPropWithoutMemory(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-10, 1e10);
    double[][] sign = Precision.DOUBLE.deltas(new SignSgd(), LEARNING_RATE, gradients);
    double[][] adam = Precision.DOUBLE.deltas(new Adam(0, 0, 0), LEARNING_RATE, gradients);
    double[][] rms = Precision.DOUBLE.deltas(new RmsProp(0, 0), LEARNING_RATE, gradients);
    for (int t = 0; t < sign.length; t++) {
      for (int i = 0; i < course.coordinates(); i++) {
        assertThat(adam[t][i]).isCloseTo(sign[t][i], within(1e-14 * LEARNING_RATE));
        assertThat(rms[t][i]).isCloseTo(sign[t][i], within(1e-14 * LEARNING_RATE));
      }
    }
  }
}
