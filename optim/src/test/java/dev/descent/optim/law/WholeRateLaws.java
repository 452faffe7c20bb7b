package dev.descent.optim.law;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * Rules that look at the whole gradient, but not at where the parameter is, once they have no
 * decay: their steps are proportional to the learning rate, which does nothing else. The {@link
 * RateLaws} of {@link WholeLaws#scaleFree}.
 */
public interface WholeRateLaws extends WholeLaws {
  /** A learning rate's factor, at most 16, may take a float of this size to a subnormal one. */
  double NEARLY_NOTHING = 1e-36;

  /** L7: with a learning rate of zero the state advances as ever. */
  @Property(tries = 20)
  @Tag("widths")
  default void stateDoesNotKnowTheLearningRate(
      @ForAll Precision precision, @ForAll("shapes") Shape shape, @ForAll long seed) {
    Precision.Run still = precision.start(scaleFree(), shape);
    Precision.Run moving = precision.start(scaleFree(), shape);
    for (float[] gradient : new Course(shape.size(), 5, seed).gradients(1e-3, 1e3)) {
      assertEqual(still.step(0, gradient), new double[shape.size()]);
      moving.step(LEARNING_RATE, gradient);
      for (Slot slot : scaleFree().slots()) {
        assertEqual(still.state(slot), moving.state(slot));
      }
    }
  }

  /** L8: steps are proportional to the learning rate, exactly so for powers of two. */
  @Property(tries = 30)
  @Tag("widths")
  default void wholeStepsAreProportionalToTheLearningRate(
      @ForAll Precision precision,
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @IntRange(min = -4, max = 4) int exponent) {
    UpdateRule rule = scaleFree();
    double factor = Math.scalb(1.0, exponent);
    Precision.Run run = precision.start(rule, shape);
    Precision.Run ofScaled = precision.start(rule, shape);
    for (float[] gradient : new Course(shape.size(), 6, seed).gradients(1e-3, 1e3)) {
      double[] delta = run.step(LEARNING_RATE, gradient);
      assertScaled(ofScaled.step(factor * LEARNING_RATE, gradient), delta, factor);
    }
  }

  /** L9: another learning rate at one step changes that step alone. */
  @Property(tries = 30)
  @Tag("widths")
  default void learningRatesActOnTheirWholeStepOnly(
      @ForAll Precision precision,
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int changed) {
    UpdateRule rule = scaleFree();
    Precision.Run run = precision.start(rule, shape);
    Precision.Run changing = precision.start(rule, shape);
    float[][] gradients = new Course(shape.size(), 6, seed).gradients(1e-3, 1e3);
    for (int t = 0; t < gradients.length; t++) {
      double[] delta = run.step(LEARNING_RATE, gradients[t]);
      double factor = t == changed ? 8 : 1;
      assertScaled(changing.step(factor * LEARNING_RATE, gradients[t]), delta, factor);
    }
  }

  /**
   * Exactly; but of sums that cancel nearly all, subnormal numbers may be left, which are rounded.
   */
  private static void assertScaled(double[] actual, double[] delta, double factor) {
    assertThat(actual).hasSameSizeAs(delta);
    for (int i = 0; i < actual.length; i++) {
      double allowed = Math.abs(delta[i]) < NEARLY_NOTHING ? NEARLY_NOTHING : 0;
      assertThat(actual[i]).as("coordinate %d", i).isCloseTo(factor * delta[i], within(allowed));
    }
  }
}
