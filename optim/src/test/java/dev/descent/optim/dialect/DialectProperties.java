package dev.descent.optim.dialect;

import static dev.descent.optim.law.CommonLaws.assertEqual;
import static dev.descent.optim.law.CommonLaws.scaled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.law.ElementwiseLaws;
import dev.descent.optim.law.Precision;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Rprop;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.setting.Settings;
import dev.descent.optim.study.Replay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The laws of the rules that only dialects have: where epsilon, rate and decay stand in them. */
class DialectProperties implements ElementwiseLaws {
  /** Rules that look at the whole parameter; {@link WholeDialectFormulasTest} is about them. */
  private static final Set<String> WHOLE =
      Set.of("lars", "lamb", "adafactor", "muon", "shampoo", "prodigy");

  @Override
  public List<UpdateRule> configurations() {
    return Rules.names().stream()
        .filter(name -> !WHOLE.contains(name))
        .flatMap(name -> Dialects.of(name).values().stream())
        .map(Dialects.Defaults::rule)
        .filter(rule -> rule.getClass().getPackage().equals(Dialects.class.getPackage()))
        .map(DialectProperties::fromZero)
        .distinct()
        .toList();
  }

  /** Rprop's size is set at the first step, whatever the gradient. */
  @Override
  public List<Slot> restless() {
    return List.of(Rprop.SIZE);
  }

  /** An accumulator that does not start at zero fades without gradients, and optax's m is no 0. */
  private static UpdateRule fromZero(UpdateRule rule) {
    Record settings = (Record) rule;
    return Settings.of(settings).containsKey("initialAccumulator")
        ? (UpdateRule) Settings.with(settings, Map.of("initialAccumulator", "0"))
        : rule;
  }

  /** L11: with epsilon inside the root it grows with the squares, not with the gradients. */
  @Property(tries = 100)
  @Tag("widths")
  void epsilonIsInsideTheRoot(
      @ForAll Precision precision,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = 1, max = 8) int exponent) {
    float[][] gradients = course.gradients(1e-3, 1e3);
    double factor = Math.scalb(1.0, exponent);
    double square = factor * factor;
    assertUnchanged(
        precision,
        course,
        new EpsilonInsideAdaGrad(1e-3, 0.1),
        new EpsilonInsideAdaGrad(square * 1e-3, square * 0.1),
        gradients,
        factor);
    assertUnchanged(
        precision,
        course,
        new EpsilonInsideRmsProp(0.9, 1e-3, 1),
        new EpsilonInsideRmsProp(0.9, square * 1e-3, square),
        gradients,
        factor);
  }

  private static void assertUnchanged(
      Precision precision,
      Course course,
      UpdateRule rule,
      UpdateRule scaledRule,
      float[][] gradients,
      double factor) {
    double[][] deltas = precision.deltas(rule, LEARNING_RATE, gradients);
    double[][] ofScaled = precision.deltas(scaledRule, LEARNING_RATE, scaled(gradients, factor));
    for (int t = 0; t < course.steps(); t++) {
      assertEqual(ofScaled[t], deltas[t]);
    }
  }

  /** L9, which velocities in Keras's form break: an old rate goes on acting. */
  @Property(tries = 50)
  void oldRatesActOnInTheVelocity(@ForAll @DoubleRange(min = 0.1, max = 0.99) double momentum) {
    Replay replay = new Replay(new RateInsideMomentum(momentum), 0);
    replay.step(0.1, 1);
    double expected = -(0.1 * momentum + 0.01);
    assertThat(replay.step(0.01, 1)[0]).isCloseTo(expected, within(1e-15));
    Replay outside = new Replay(new Momentum(momentum), 0);
    outside.step(0.1, 1);
    assertThat(outside.step(0.01, 1)[0]).isCloseTo(-0.01 * (1 + momentum), within(1e-15));
  }

  /** L45: for plain gradient descent a penalty and a decay are the same. */
  @Property(tries = 100)
  void inGradientDescentPenaltyAndDecayAreOne(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 10) double weightDecay) {
    Replay penalty = new Replay(new L2Penalty(new Sgd(), weightDecay), 2);
    Replay decay = new Replay(new DecoupledDecay(new Sgd(), weightDecay), 2);
    for (float[] gradient : course.gradients(1e-3, 10)) {
      penalty.step(LEARNING_RATE, gradient[0]);
      decay.step(LEARNING_RATE, gradient[0]);
      assertThat(penalty.values()[0]).isCloseTo(decay.values()[0], within(1e-13 * 10));
    }
  }

  /** L45: with memory they are two, from the second step on. */
  @Property(tries = 50)
  void withMemoryPenaltyAndDecayDiffer(
      @ForAll @DoubleRange(min = 0.1, max = 5) double weightDecay) {
    for (UpdateRule rule : List.of(new Momentum(), new Adam())) {
      Replay penalty = new Replay(new L2Penalty(rule, weightDecay), 2);
      Replay decay = new Replay(new DecoupledDecay(rule, weightDecay), 2);
      for (int t = 0; t < 2; t++) {
        penalty.step(0.1, 1);
        decay.step(0.1, 1);
      }
      assertThat(Math.abs(penalty.values()[0] - decay.values()[0])).isGreaterThan(1e-4);
    }
  }

  /** L44: the decay is taken off where the step began: decaying after it takes more. */
  @Property(tries = 50)
  void decayIsTakenWhereTheStepBegan(
      @ForAll @DoubleRange(max = 10) double weightDecay,
      @ForAll @DoubleRange(min = -10, max = 10) double g) {
    Replay decay = new Replay(new DecoupledDecay(new Adam(), weightDecay), 2);
    double u = -new Replay(new Adam(), 2).step(LEARNING_RATE, g)[0] / LEARNING_RATE;
    decay.step(LEARNING_RATE, g);
    double before = 2 * (1 - LEARNING_RATE * weightDecay) - LEARNING_RATE * u;
    double after = (2 - LEARNING_RATE * u) * (1 - LEARNING_RATE * weightDecay);
    assertThat(decay.values()[0]).isCloseTo(before, within(1e-14));
    assertThat(after - before)
        .isCloseTo(LEARNING_RATE * LEARNING_RATE * weightDecay * u, within(1e-14));
  }

  /** L43: without gradients both shrink gradient descent's weights by the same factor. */
  @Property(tries = 50)
  void withoutGradientsWeightsShrink(@ForAll @DoubleRange(max = 50) double weightDecay) {
    Replay penalty = new Replay(new L2Penalty(new Sgd(), weightDecay), 2);
    Replay decay = new Replay(new DecoupledDecay(new Momentum(), weightDecay), 2);
    double left = 2;
    for (int t = 1; t <= 30; t++) {
      double rate = LEARNING_RATE / t;
      penalty.step(rate, 0);
      decay.step(rate, 0);
      left *= 1 - rate * weightDecay;
      assertThat(penalty.values()[0]).isCloseTo(left, within(1e-14));
      assertThat(decay.values()[0]).isCloseTo(left, within(1e-14));
    }
  }

  /** L43: Adam takes a penalty for a gradient: whatever its size, the step is the rate. */
  @Example
  void adamMovesByTheRateWhateverThePenalty() {
    for (double weightDecay : new double[] {1e-4, 1, 1e4}) {
      Replay replay = new Replay(new L2Penalty(new Adam(0.9, 0.999, 0), weightDecay), 0.01);
      assertThat(replay.step(0.01, 0)[0]).isCloseTo(-0.01, within(1e-12));
      for (int t = 2; t <= 5; t++) {
        replay.step(0.01, 0);
      }
      assertThat(replay.values()[0]).as("it overshoots").isNegative();
    }
  }
}
