package dev.descent.optim.law;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static dev.descent.optim.law.CommonLaws.scaled;

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
      assertEqual(ofScaled.step(factor * LEARNING_RATE, gradient), scaled(delta, factor));
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
      assertEqual(changing.step(factor * LEARNING_RATE, gradients[t]), scaled(delta, factor));
    }
  }
}
