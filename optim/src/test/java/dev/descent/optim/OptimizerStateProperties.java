package dev.descent.optim;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.NormalisedAdaGrad;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.stage.Accumulation;
import dev.descent.optim.stage.ExponentialAverage;
import dev.descent.optim.stage.Lookahead;
import dev.descent.optim.stage.UniformAverage;
import dev.descent.optim.stage.WeightAverage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** L63 to L67: an optimizer's state, taken and given back. */
class OptimizerStateProperties {
  private static final int STEPS = 10;

  @Provide
  Arbitrary<UpdateRule> rules() {
    return Arbitraries.of(Rules.names()).map(name -> Rules.choose(name, Map.of()).rule());
  }

  /** L63, with every rule and at every place: as if there had been no cut. */
  @Property(tries = 60)
  @Tag("widths")
  void aRunThatIsCutGoesOnToTheSameBits(
      @ForAll("rules") UpdateRule rule, @ForAll("stages") Stage[] stages, @ForAll long seed) {
    Stage[] fitting =
        Arrays.stream(stages)
            .filter(stage -> rule.average() == null || !(stage instanceof WeightAverage))
            .toArray(Stage[]::new);
    TrainingRun whole = new TrainingRun(seed, rule, fitting).run(0, STEPS);
    for (int cut = 0; cut <= STEPS; cut++) {
      TrainingRun first = new TrainingRun(seed, rule, fitting).run(0, cut);
      TrainingRun second = first.copy(rule, fitting);
      assertSame(second, first);
      assertSame(second.run(cut, STEPS), whole);
    }
  }

  @Provide
  Arbitrary<Stage[]> stages() {
    return Arbitraries.of(
        new Stage[] {},
        new Stage[] {new Accumulation(2), new Lookahead(0.5, 2), new ExponentialAverage(0.9)},
        new Stage[] {new Lookahead(0.2, 3), new UniformAverage(2, 2)});
  }

  /** The same for the rules as other libraries have them, which keep other things. */
  @Example
  void aRunOfADialectGoesOnToTheSameBits() {
    for (String name : Rules.names()) {
      for (Dialects.Defaults defaults : Dialects.of(name).values()) {
        UpdateRule rule = defaults.rule();
        TrainingRun whole = new TrainingRun(7, rule).run(0, STEPS);
        assertSame(new TrainingRun(7, rule).run(0, 5).copy(rule).run(5, STEPS), whole);
      }
    }
  }

  private static void assertSame(TrainingRun actual, TrainingRun expected) {
    expected.parameters.forEach((name, parameter) ->
        assertSameBits(actual.parameters.get(name).toArray(), parameter.toArray()));
    assertSame(actual.optimizer.state(), expected.optimizer.state());
  }

  private static void assertSame(OptimizerState actual, OptimizerState expected) {
    assertThat(actual.stepsTaken()).isEqualTo(expected.stepsTaken());
    assertThat(actual.stepsSkipped()).isEqualTo(expected.stepsSkipped());
    assertThat(actual.skippedInARow()).isEqualTo(expected.skippedInARow());
    assertThat(actual.accumulated()).isEqualTo(expected.accumulated());
    assertThat(actual.schedules()).isEqualTo(expected.schedules());
    assertThat(List.copyOf(actual.parameters().keySet()))
        .isEqualTo(List.copyOf(expected.parameters().keySet()));
    expected
        .parameters()
        .forEach((name, parameter) -> {
          OptimizerState.OfParameter other = actual.parameters().get(name);
          assertThat(other.rule()).isEqualTo(parameter.rule());
          assertThat(other.stepsTaken()).isEqualTo(parameter.stepsTaken());
          assertThat(other.common()).isEqualTo(parameter.common());
          assertSame(other.slots(), parameter.slots());
          assertSame(other.secondWeights(), parameter.secondWeights());
          assertThat(other.accumulated() == null).isEqualTo(parameter.accumulated() == null);
          if (parameter.accumulated() != null) {
            assertThat(other.accumulated().rows()).isEqualTo(parameter.accumulated().rows());
            assertSameBits(
                other.accumulated().sum().toArray(), parameter.accumulated().sum().toArray());
          }
        });
  }

  private static void assertSame(
      SequencedMap<String, Tensor> actual, SequencedMap<String, Tensor> expected) {
    assertThat(actual).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, tensor) -> assertSameBits(actual.get(name).toArray(), tensor.toArray()));
  }

  /** The run has what it is meant to have: otherwise the laws above say less than they seem to. */
  @Example
  void everythingHappensInTheRun() {
    TrainingRun run = new TrainingRun(1, new NormalisedAdaGrad()).run(0, STEPS);
    OptimizerState state = run.optimizer.state();
    assertThat(state.stepsTaken()).isEqualTo(STEPS - 1);
    assertThat(state.stepsSkipped()).isEqualTo(1);
    assertThat(state.parameters().get("bias").stepsTaken()).isEqualTo(STEPS - 2);
    assertThat(state.parameters().get("bias").common().get("squaredNorm")).isPositive();
    assertThat(state.schedules())
        .containsOnlyKeys("1.0.learningRate", "1.0.best", "1.0.bad", "1.0.coolingDown");
    assertThat(state.schedules().get("1.0.learningRate")).isLessThan(0.1);
  }

  /** L64. Signed zeros, subnormal numbers, infinities, and NaNs with their payload. */
  @Property(tries = 30)
  void whatIsSavedIsWhatWasGiven(@ForAll("rules") UpdateRule rule, @ForAll long seed) {
    TrainingRun run = new TrainingRun(seed, rule).run(0, 3);
    int[] bits = {0x80000000, 1, 0x807fffff, 0x7f800000, 0xff800000, 0x7fc12345, 0xffc00001};
    OptimizerState odd =
        withSlots(
            run.optimizer.state(),
            tensor -> {
              float[] values = tensor.toArray();
              for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(bits[i % bits.length]);
              }
              return Tensor.of(tensor.shape(), values);
            });
    TrainingRun other = new TrainingRun(seed, rule);
    other.optimizer.restore(odd);
    OptimizerState again = other.optimizer.state();
    odd.parameters()
        .forEach((name, parameter) ->
            parameter
                .slots()
                .forEach((slot, tensor) -> {
                  float[] saved = again.parameters().get(name).slots().get(slot).toArray();
                  for (int i = 0; i < saved.length; i++) {
                    assertThat(Float.floatToRawIntBits(saved[i])).isEqualTo(bits[i % bits.length]);
                  }
                }));
  }

  private static OptimizerState withSlots(OptimizerState state, UnaryOperator<Tensor> change) {
    return with(
        state,
        parameter -> {
          SequencedMap<String, Tensor> slots = new LinkedHashMap<>();
          parameter.slots().forEach((name, tensor) -> slots.put(name, change.apply(tensor)));
          return new OptimizerState.OfParameter(
              parameter.rule(),
              parameter.stepsTaken(),
              slots,
              parameter.common(),
              parameter.secondWeights(),
              parameter.accumulated());
        });
  }

  private static OptimizerState with(
      OptimizerState state, UnaryOperator<OptimizerState.OfParameter> change) {
    SequencedMap<String, OptimizerState.OfParameter> parameters = new LinkedHashMap<>();
    state.parameters().forEach((name, one) -> parameters.put(name, change.apply(one)));
    return with(state, parameters);
  }

  private static OptimizerState with(
      OptimizerState state, SequencedMap<String, OptimizerState.OfParameter> parameters) {
    return new OptimizerState(
        state.stepsTaken(),
        state.stepsSkipped(),
        state.skippedInARow(),
        state.accumulated(),
        state.schedules(),
        parameters);
  }

  /** L65: the two share no memory, in either direction. */
  @Property(tries = 30)
  void aStateSharesNothing(@ForAll("rules") UpdateRule rule, @ForAll long seed) {
    TrainingRun run = new TrainingRun(seed, rule).run(0, 3);
    OptimizerState state = run.optimizer.state();
    TrainingRun reference = run.copy(rule);
    TrainingRun copy = run.copy(rule);
    run.run(3, 6);
    assertSame(reference.optimizer.state(), state);
    state
        .parameters()
        .values()
        .forEach(one -> one.slots().values().forEach(slot -> Arrays.fill(slot.array(), 99)));
    assertSame(copy.run(3, 6), run);
  }

  /** L67: parameters are found by name, whatever their order. */
  @Property(tries = 20)
  void theOrderOfNamesDoesNotMatter(@ForAll("rules") UpdateRule rule, @ForAll long seed) {
    TrainingRun run = new TrainingRun(seed, rule).run(0, 5);
    OptimizerState state = run.optimizer.state();
    TrainingRun other = new TrainingRun(seed, rule);
    other.optimizer.restore(with(state, state.parameters().reversed()));
    assertSame(other.optimizer.state(), state);
  }

  /** An optimizer that has taken a step, to see that refused states change nothing. */
  private static Optimizer small(UpdateRule rule, Schedule schedule, String... names) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (String name : names) {
      Parameter parameter = Parameter.of(Shape.of(2), 1, 2);
      parameter.sum().backward();
      parameters.put(name, parameter);
    }
    Optimizer optimizer = new Optimizer(parameters, rule, schedule);
    optimizer.step();
    return optimizer;
  }

  private static void assertRefused(Optimizer optimizer, OptimizerState state, String message) {
    OptimizerState before = optimizer.state();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.restore(state))
        .withMessage(message);
    assertSame(optimizer.state(), before);
  }

  /** L67: a state that does not fit is an error that names what does not, and changes nothing. */
  @Example
  void statesThatDoNotFitAreRefused() {
    Schedule constant = Schedule.constant(0.1);
    UpdateRule rule = new NormalisedAdaGrad();
    Optimizer optimizer = small(rule, constant, "a", "b");
    OptimizerState state = optimizer.state();
    assertRefused(
        small(rule, constant, "a", "b", "c"),
        state,
        "the state has no parameter c; expected [a, b, c]");
    assertRefused(small(rule, constant, "a"), state, "the state has a parameter b; expected [a]");
    assertRefused(
        small(new NormalisedAdaGrad(2), constant, "a", "b"),
        state,
        "the state of a is of NormalisedAdaGrad[alpha=1.0]; expected NormalisedAdaGrad[alpha=2.0]");
    assertRefused(
        small(new Sgd(), constant, "a", "b"),
        state,
        "the state of a is of NormalisedAdaGrad[alpha=1.0]; expected Sgd[]");
    assertRefused(
        optimizer,
        withSlots(state, tensor -> tensor.reshape(2, 1)),
        "the state of a has a slot sum of shape [2, 1]; expected [2]");
    assertRefused(
        optimizer,
        with(state, one -> withMaps(one, new LinkedHashMap<>(), one.common())),
        "the state of a has no slot sum; expected [sum]");
    SequencedMap<String, Double> more =
        new LinkedHashMap<>(Map.of("squaredNorm", 1.0, "norm", 1.0));
    assertRefused(
        optimizer,
        with(state, one -> withMaps(one, one.slots(), more)),
        "the state of a has a common number norm; expected [squaredNorm]");
    SequencedMap<String, OptimizerState.OfParameter> lastBad =
        new LinkedHashMap<>(state.parameters());
    lastBad.put("b", withMaps(lastBad.get("b"), new LinkedHashMap<>(), more));
    assertRefused(
        optimizer, with(state, lastBad), "the state of b has no slot sum; expected [sum]");
  }

  private static OptimizerState.OfParameter withMaps(
      OptimizerState.OfParameter one,
      SequencedMap<String, Tensor> slots,
      SequencedMap<String, Double> common) {
    return new OptimizerState.OfParameter(
        one.rule(), one.stepsTaken(), slots, common, one.secondWeights(), one.accumulated());
  }

  @Example
  void whatAScheduleHasNotLearnedIsRefused() {
    TrainingRun run = new TrainingRun(1, new Adam()).run(0, 5);
    OptimizerState state = run.optimizer.state();
    SequencedMap<String, Double> bad = new LinkedHashMap<>(state.schedules());
    bad.put("1.0.bad", -1.0);
    SequencedMap<String, Double> missing = new LinkedHashMap<>(state.schedules());
    missing.remove("1.0.best");
    TrainingRun other = new TrainingRun(1, new Adam()).run(0, 2);
    OptimizerState before = other.optimizer.state();
    for (SequencedMap<String, Double> learned : List.of(bad, missing)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              other.optimizer.restore(new OptimizerState(1, 0, 0, 0, learned, state.parameters())))
          .withMessageContaining("expected");
      assertSame(other.optimizer.state(), before);
    }
    assertRefused(
        small(new Sgd(), Schedule.constant(1), "a"),
        new OptimizerState(
            1, 0, 0, 0, bad, small(new Sgd(), Schedule.constant(1), "a").state().parameters()),
        "what was learned is " + bad + "; expected [], for [Constant[learningRate=1.0]]");
  }

  /** L67, for what stages keep: another stage, or the same with other settings, is none of it. */
  @Example
  void whatOtherStagesKeepIsRefused() {
    Stage[] stages = {new Accumulation(2), new Lookahead(0.5, 2)};
    OptimizerState state = new TrainingRun(1, new Adam(), stages).run(0, 3).optimizer.state();
    assertThat(state.accumulated()).isEqualTo(1);
    assertThat(state.parameters().get("head").accumulated().sum().shape())
        .isEqualTo(Shape.of(2, 5));
    assertThat(state.parameters().get("bias").accumulated()).as("frozen").isNull();
    assertRefused(
        new TrainingRun(1, new Adam(), new Accumulation(2), new Lookahead(0.5, 3)).optimizer,
        state,
        "the state of weight has no stage Lookahead[alpha=0.5, period=3]; expected"
            + " [Lookahead[alpha=0.5, period=3]]");
    assertRefused(
        new TrainingRun(1, new Adam(), new Accumulation(2)).optimizer,
        state,
        "the state of weight has a stage Lookahead[alpha=0.5, period=2]; expected []");
    assertRefused(
        new TrainingRun(1, new Adam(), new Lookahead(0.5, 2)).optimizer,
        state,
        "the number of accumulated gradients is 1; expected fewer than 1");
  }

  @Example
  void averagesAreNotOverwritten() {
    Optimizer optimizer = small(new Adam(), Schedule.constant(1), "a");
    OptimizerState state = optimizer.state();
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      assertSame(optimizer.state(), state);
      assertThatIllegalStateException()
          .isThrownBy(() -> optimizer.restore(state))
          .withMessage(
              "the parameters are averages; expected averaged() to be closed before restore()");
    }
  }

  @Example
  void countsAreNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OptimizerState(-1, 0, 0, 0, new LinkedHashMap<>(), new LinkedHashMap<>()))
        .withMessage("stepsTaken is -1; expected a whole number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new OptimizerState.OfParameter(
                "", -2, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), null))
        .withMessage("stepsTaken is -2; expected a whole number >= 0");
  }
}
