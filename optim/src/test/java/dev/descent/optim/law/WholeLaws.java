package dev.descent.optim.law;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static dev.descent.optim.law.CommonLaws.scaled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * Rules that look at the whole parameter, by its norm or as a matrix: what is left of the laws for
 * them. Parameters are vectors, matrices and tensors of three axes, and go where they are moved.
 */
public interface WholeLaws {
  /** An ordinary learning rate, not a power of two. */
  double LEARNING_RATE = 0.01;

  /** The rule with several settings. */
  List<UpdateRule> configurations();

  /** The rule without an epsilon that gradients could be compared with, and without a decay. */
  UpdateRule scaleFree();

  /** The part of a step that float32 arithmetic may lose. */
  default double stepTolerance() {
    return 1e-6;
  }

  /** The configurations, for properties. */
  @Provide
  default Arbitrary<UpdateRule> rules() {
    return Arbitraries.of(configurations());
  }

  /** Shapes of one to three axes. */
  @Provide
  default Arbitrary<Shape> shapes() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 9);
    Arbitrary<Integer> many = Arbitraries.integers().between(1, 40);
    return Arbitraries.oneOf(
        many.map(Shape::of),
        Combinators.combine(few, many).as(Shape::of),
        Combinators.combine(many, few).as(Shape::of),
        Combinators.combine(few, few, Arbitraries.integers().between(1, 3)).as(Shape::of));
  }

  /** L5: the mirror image of gradients and place gives the mirror image of the journey. */
  @Property(tries = 40)
  @Tag("widths")
  default void journeysAreOdd(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("shapes") Shape shape,
      @ForAll long seed) {
    Course course = new Course(shape.size(), 8, seed);
    float[] start = course.start();
    Precision.Journey journey = precision.from(rule, shape, start);
    Precision.Journey mirrored = precision.from(rule, shape, scaled(new float[][] {start}, -1)[0]);
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      journey.step(LEARNING_RATE, gradient);
      mirrored.step(LEARNING_RATE, scaled(new float[][] {gradient}, -1)[0]);
      assertEqual(mirrored.values(), scaled(journey.values(), -1));
    }
  }

  /** L7: with a learning rate of zero nothing moves, and the state advances. */
  @Property(tries = 20)
  @Tag("widths")
  default void zeroLearningRateMovesNothing(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("shapes") Shape shape,
      @ForAll long seed) {
    Course course = new Course(shape.size(), 5, seed);
    Precision.Journey still = precision.from(rule, shape, course.start());
    double[] start = still.values();
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      still.step(0, gradient);
      assertEqual(still.values(), start);
    }
  }

  /** L12: without epsilon and decay, the gradients' size does not matter. */
  @Property(tries = 40)
  @Tag("widths")
  default void withoutEpsilonTheScaleDoesNotMatter(
      @ForAll Precision precision,
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll @IntRange(min = -10, max = 10) int exponent) {
    Course course = new Course(shape.size(), 8, seed);
    float[][] gradients = course.gradients(1e-3, 1e3);
    float[][] larger = scaled(gradients, Math.scalb(1.0, exponent));
    Precision.Journey journey = precision.from(scaleFree(), shape, course.start());
    Precision.Journey ofLarger = precision.from(scaleFree(), shape, course.start());
    for (int t = 0; t < gradients.length; t++) {
      journey.step(LEARNING_RATE, gradients[t]);
      ofLarger.step(LEARNING_RATE, larger[t]);
      assertEqual(ofLarger.values(), journey.values());
    }
  }

  /** L41: gradients of zero move nothing without decay, and never give NaN, wherever it starts. */
  @Property(tries = 20)
  @Tag("widths")
  default void zeroGradientsDoNotMove(
      @ForAll Precision precision,
      @ForAll("shapes") Shape shape,
      @ForAll long seed,
      @ForAll boolean fromZero) {
    Course course = new Course(shape.size(), 3, seed);
    float[] start = fromZero ? new float[shape.size()] : course.start();
    Precision.Journey journey = precision.from(scaleFree(), shape, start);
    double[] before = journey.values();
    for (int t = 0; t < course.steps(); t++) {
      journey.step(LEARNING_RATE, new float[shape.size()]);
      assertEqual(journey.values(), before);
    }
    for (UpdateRule rule : configurations()) {
      Precision.Journey decaying = precision.from(rule, shape, start);
      decaying.step(LEARNING_RATE, new float[shape.size()]);
      assertThat(Arrays.stream(decaying.values())).allMatch(Double::isFinite);
    }
  }

  /** A parameter that is zero all over gets away from there. */
  @Property(tries = 20)
  @Tag("widths")
  default void leavesZero(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("shapes") Shape shape) {
    Precision.Journey journey = precision.from(rule, shape, new float[shape.size()]);
    float[] ones = new float[shape.size()];
    Arrays.fill(ones, 1);
    journey.step(LEARNING_RATE, ones);
    assertThat(Arrays.stream(journey.values())).allMatch(value -> value < 0);
  }

  /** State has the shape that its slot says. */
  @Property(tries = 20)
  default void stateHasItsShape(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("shapes") Shape shape) {
    Precision.Journey journey = precision.from(rule, shape, new float[shape.size()]);
    journey.step(LEARNING_RATE, new float[shape.size()]);
    for (Slot slot : rule.slots()) {
      assertThat(journey.state(slot)).hasSize(slot.extent().shape(shape).size());
    }
  }

  /**
   * The kernel goes where the specification goes: together from the same place, they are apart by
   * no more than what float32 loses in the steps so far, and in adding them to the values.
   */
  @Property(tries = 60, seed = "412")
  @Tag("widths")
  default void kernelFollowsItsSpecificationForAWhile(
      @ForAll("rules") UpdateRule rule, @ForAll("shapes") Shape shape, @ForAll long seed) {
    Course course = new Course(shape.size(), 8, seed);
    Precision.Journey exact = Precision.DOUBLE.from(rule, shape, course.start());
    Precision.Journey rounded = Precision.FLOAT.from(rule, shape, course.start());
    double steps = 0;
    double largest = 0;
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      double[] before = exact.values();
      exact.step(LEARNING_RATE, gradient);
      rounded.step(LEARNING_RATE, gradient);
      double[] after = exact.values();
      double longest = 0;
      for (int i = 0; i < after.length; i++) {
        longest = Math.max(longest, Math.abs(after[i] - before[i]));
        largest = Math.max(largest, Math.abs(after[i]));
      }
      steps += longest;
      double allowed = stepTolerance() * steps + course.steps() * Math.ulp((float) largest);
      for (int i = 0; i < after.length; i++) {
        assertThat(rounded.values()[i])
            .as("coordinate %d of %s", i, shape)
            .isCloseTo(after[i], within(allowed));
      }
    }
    assertThat(Extent.rows(shape) * Extent.columns(shape)).isEqualTo(shape.size());
  }

  /** With the Vector API there, the kernel is what runs. */
  @Property(tries = 5)
  @Tag("widths")
  default void theWholeKernelRuns(@ForAll("rules") UpdateRule rule) {
    String running = UpdateKernel.of(rule).getClass().getSimpleName();
    assertThat(running)
        .isEqualTo(
            Machine.usesSimd()
                ? rule.getClass().getSimpleName() + "Kernel"
                : "SpecificationKernel");
  }
}
