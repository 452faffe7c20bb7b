package dev.descent.optim.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.UpdateRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Rules whose first step has a formula of its own: where state and corrections are fresh. */
public interface FirstStepLaws extends CommonLaws {
  /**
   * The change of a coordinate at the first step, from the paper's formula and not from the code.
   *
   * @param rule one of the {@link #configurations}
   * @param learningRate greater than zero
   * @param g the gradient; not zero
   */
  double firstDelta(UpdateRule rule, double learningRate, double g);

  /** L30: the first step, from the paper's formula. */
  @Property(tries = 100)
  default void firstStepIsThePapers(
      @ForAll("rules") UpdateRule rule, @ForAll("courses") Course course) {
    float[] gradients = course.gradients(1e-20, 1e20)[0];
    double[] deltas = Precision.DOUBLE.start(rule, gradients.length).step(LEARNING_RATE, gradients);
    for (int i = 0; i < deltas.length; i++) {
      double expected = gradients[i] == 0 ? 0 : firstDelta(rule, LEARNING_RATE, gradients[i]);
      assertThat(deltas[i]).isCloseTo(expected, within(1e-14 * Math.abs(expected)));
    }
  }
}
