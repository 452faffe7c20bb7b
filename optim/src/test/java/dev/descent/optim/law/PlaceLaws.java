package dev.descent.optim.law;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static dev.descent.optim.law.CommonLaws.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.kernel.Machine;
import dev.descent.optim.UpdateRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Rules whose steps depend on the gradients alone: no decay, no average of places. */
public interface PlaceLaws extends CommonLaws {
  /**
   * L4: where a coordinate is does not matter to its step. A kernel's step is a float that is added
   * to a float; a specification's is a double, and only the sum is rounded.
   */
  @Property(tries = 50)
  @Tag("widths")
  default void stepsDoNotDependOnPlace(
      @ForAll("rules") UpdateRule rule, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    float[] expected = course.start();
    float[] size = course.start();
    Precision.Run fromZero = Precision.FLOAT.start(rule, course.coordinates());
    for (float[] gradient : gradients) {
      double[] delta = fromZero.step(LEARNING_RATE, gradient);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += (float) delta[i];
        size[i] = Math.abs(size[i]) + (float) Math.abs(delta[i]);
      }
    }
    float[] result = train(rule, course.start(), gradients, course.coordinates())[0];
    if (Machine.usesSimd() && rule.kernel() != null) {
      assertSameBits(result, expected);
    } else {
      for (int i = 0; i < result.length; i++) {
        assertThat(result[i])
            .isCloseTo(expected[i], within(2 * course.steps() * Math.ulp(size[i])));
      }
    }
  }
}
