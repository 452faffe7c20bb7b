package dev.descent.optim;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.law.Course;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.AdamW;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.schedule.InverseTime;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.transform.ClipByGlobalNorm;
import dev.descent.optim.transform.L2Penalty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;

/** Groups, and weight decay beside the rule: L43 to L47. */
class ParameterGroupProperties {
  private static final double RATE = 0.01;

  @Provide
  Arbitrary<Course> courses() {
    return Course.upTo(4 * 16 + 3, 20);
  }

  /** Each parameter moves as if it were alone; not so with a rule across parameters. */
  @Provide
  Arbitrary<String> rules() {
    return Arbitraries.of(
        Rules.names().stream().filter(name -> !rule(name).acrossParameters()).toList());
  }

  private static UpdateRule rule(String name) {
    return Rules.choose(name, Map.of()).rule();
  }

  private static SequencedMap<String, Parameter> named(String name, float... values) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put(name, Parameter.of(Shape.of(values.length), values.clone()));
    return parameters;
  }

  /** Where a course leads to, from its start. */
  private static float[] end(Course course, UpdateRule rule, double weightDecay, Stage... stages) {
    SequencedMap<String, Parameter> parameters = named("p", course.start());
    Parameter parameter = parameters.get("p");
    Optimizer optimizer =
        new Optimizer(
            List.of(
                new ParameterGroup(parameters, rule, new InverseTime(RATE, 0.3))
                    .withWeightDecay(weightDecay)),
            stages);
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      setGradient(parameter, gradient);
      optimizer.step();
    }
    return parameter.toArray();
  }

  /** L43: without gradients, what is left is the product of what each step leaves. */
  @Property(tries = 50)
  @Tag("widths")
  void withoutGradientsValuesShrink(
      @ForAll("courses") Course course, @ForAll @DoubleRange(min = 0.1, max = 50) double decay) {
    SequencedMap<String, Parameter> parameters = named("p", course.start());
    Parameter parameter = parameters.get("p");
    Schedule schedule = new InverseTime(RATE, 0.3);
    Optimizer optimizer =
        new Optimizer(
            List.of(new ParameterGroup(parameters, new Adam(), schedule).withWeightDecay(decay)));
    double left = 1;
    for (int step = 0; step < course.steps(); step++) {
      setGradient(parameter, new float[course.coordinates()]);
      optimizer.step();
      left *= 1 - schedule.learningRate(step) * decay;
    }
    for (int i = 0; i < course.coordinates(); i++) {
      double expected = course.start()[i] * left;
      assertThat((double) parameter.get(i))
          .isCloseTo(expected, within(course.steps() * 0x1p-24 * Math.abs(expected)));
    }
  }

  /** L44, with the rule that has the decay inside: the same but for rounding. */
  @Property(tries = 50)
  @Tag("widths")
  void adamWithDecayBesideItIsAdamW(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 10) double decay) {
    float[] beside = end(course, new Adam(), decay);
    float[] inside = end(course, new AdamW(0.9, 0.999, 1e-8, decay), 0);
    for (int i = 0; i < beside.length; i++) {
      assertThat(beside[i]).isCloseTo(inside[i], within(2e-6f));
    }
  }

  /** L45: for SGD it is the L2 penalty, but for rounding. */
  @Property(tries = 50)
  @Tag("widths")
  void forSgdItIsTheL2Penalty(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 10) double decay) {
    float[] decayed = end(course, new Sgd(), decay);
    float[] penalised = end(course, new Sgd(), 0, new L2Penalty(decay));
    for (int i = 0; i < decayed.length; i++) {
      assertThat(decayed[i]).isCloseTo(penalised[i], within(2e-6f * (1 + Math.abs(decayed[i]))));
    }
  }

  /** L45: with momentum and for adaptive rules it is not. */
  @Example
  void forOtherRulesItIsNotTheL2Penalty() {
    Course course = new Course(1, 5, 3);
    for (UpdateRule rule : List.of(new Momentum(), new Adam())) {
      float decayed = end(course, rule, 5)[0];
      float penalised = end(course, rule, 0, new L2Penalty(5))[0];
      assertThat(Math.abs(decayed - penalised)).as(rule.toString()).isGreaterThan(1e-3f);
    }
  }

  /** L46, for every rule. */
  @Property(tries = 50)
  @Tag("widths")
  void noDecayIsNoDecay(@ForAll("rules") String name, @ForAll("courses") Course course) {
    SequencedMap<String, Parameter> parameters = named("p", course.start());
    Optimizer plain = new Optimizer(parameters, rule(name), new InverseTime(RATE, 0.3));
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      setGradient(parameters.get("p"), gradient);
      plain.step();
    }
    assertSameBits(end(course, rule(name), 0), parameters.get("p").toArray());
  }

  /** L47: masked parameters do not decay, frozen ones do not either. */
  @Property(tries = 50)
  @Tag("widths")
  void maskedAndFrozenParametersDoNotDecay(
      @ForAll("rules") String name, @ForAll("courses") Course course) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (String parameter : List.of("decayed", "masked", "frozen")) {
      parameters.put(parameter, Parameter.of(Shape.of(course.coordinates()), course.start()));
    }
    Optimizer optimizer =
        new Optimizer(
            List.of(
                new ParameterGroup(parameters, rule(name), new InverseTime(RATE, 0.3))
                    .withWeightDecay(0.5, Mask.named("masked").negate())));
    parameters.get("frozen").trainable(false);
    for (float[] gradient : course.gradients(1e-3, 1e3)) {
      setGradient(parameters.get("decayed"), gradient);
      setGradient(parameters.get("masked"), gradient);
      optimizer.step();
    }
    assertSameBits(parameters.get("masked").toArray(), end(course, rule(name), 0));
    assertSameBits(parameters.get("decayed").toArray(), end(course, rule(name), 0.5));
    assertSameBits(parameters.get("frozen").toArray(), course.start());
    assertThat(optimizer.stepsTaken("frozen")).isZero();
  }

  /** L7: it is multiplied by the learning rate. */
  @Property(tries = 20)
  void withoutLearningRateNothingDecays(@ForAll("courses") Course course) {
    SequencedMap<String, Parameter> parameters = named("p", course.start());
    setGradient(parameters.get("p"), course.gradients(1, 2)[0]);
    new Optimizer(List.of(new ParameterGroup(parameters, new Sgd(), 0).withWeightDecay(3))).step();
    assertSameBits(parameters.get("p").toArray(), course.start());
  }

  /** L3: groups alike are one group. */
  @Property(tries = 50)
  @Tag("widths")
  void groupsAlikeAreOneGroup(
      @ForAll("rules") String name, @ForAll("courses") Course course, @ForAll long seed) {
    float[][][] gradients = {
      course.gradients(1e-3, 1e3), new Course(7, course.steps(), seed).gradients(1e-3, 1e3)
    };
    float[][] together = twoParameters(gradients, course, name, false);
    float[][] apart = twoParameters(gradients, course, name, true);
    assertSameBits(apart[0], together[0]);
    assertSameBits(apart[1], together[1]);
  }

  private static float[][] twoParameters(
      float[][][] gradients, Course course, String rule, boolean apart) {
    SequencedMap<String, Parameter> a = named("a", course.start());
    SequencedMap<String, Parameter> b = named("b", 1, 2, 3, 4, 5, 6, 7);
    SequencedMap<String, Parameter> both = new LinkedHashMap<>(a);
    both.putAll(b);
    Stage clip = new ClipByGlobalNorm(1);
    Schedule schedule = new InverseTime(RATE, 0.3);
    Optimizer optimizer =
        apart
            ? new Optimizer(
                List.of(
                    new ParameterGroup(a, rule(rule), schedule),
                    new ParameterGroup(b, rule(rule), schedule)),
                clip)
            : new Optimizer(both, rule(rule), schedule, clip);
    for (int step = 0; step < course.steps(); step++) {
      setGradient(both.get("a"), gradients[0][step]);
      setGradient(both.get("b"), gradients[1][step]);
      optimizer.step();
    }
    return new float[][] {both.get("a").toArray(), both.get("b").toArray()};
  }

  @Example
  void eachGroupHasItsRuleAndRate() {
    SequencedMap<String, Parameter> a = named("a", 1, 1);
    SequencedMap<String, Parameter> b = named("b", 1, 1);
    ParameterGroup first = new ParameterGroup(a, new Sgd(), steps -> steps == 0 ? 0.5 : 0.25);
    ParameterGroup second = new ParameterGroup(b, new Adam(), 0.125);
    Optimizer optimizer = new Optimizer(List.of(first, second));
    setGradient(a.get("a"), new float[] {1, 0});
    setGradient(b.get("b"), new float[] {1, 0});
    assertThat(optimizer.learningRate("a")).isEqualTo(0.5);
    assertThat(optimizer.learningRate("b")).isEqualTo(0.125);
    optimizer.step();
    assertThat(a.get("a").toArray()).containsExactly(0.5f, 1);
    assertThat(b.get("b").toArray()).containsExactly(0.875f, 1);
    assertThat(optimizer.learningRate()).isEqualTo(0.25);
    assertThat(optimizer.groups()).containsExactly(first, second);
    assertThat(optimizer.group("b")).isEqualTo(second);
    assertThat(optimizer.state("b", "m").get(0)).isEqualTo(0.1f);
    assertThat(optimizer.parameters()).containsOnlyKeys("a", "b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.state("a", "m"))
        .withMessage("Sgd[] has no slot m; expected one of []");
  }

  /** A bad rate in the last group is found before the first group moves. */
  @Example
  void nothingMovesIfOneGroupCannot() {
    SequencedMap<String, Parameter> a = named("a", 1);
    SequencedMap<String, Parameter> b = named("b", 1);
    Optimizer optimizer =
        new Optimizer(
            List.of(
                new ParameterGroup(a, new Sgd(), 1),
                new ParameterGroup(b, new Sgd(), steps -> Double.NaN)));
    setGradient(a.get("a"), new float[] {1});
    setGradient(b.get("b"), new float[] {1});
    assertThatIllegalStateException().isThrownBy(optimizer::step);
    assertThat(a.get("a").get(0)).isEqualTo(1);
  }

  @Example
  void mistakesAreNamed() {
    SequencedMap<String, Parameter> a = named("a", 1);
    ParameterGroup group = new ParameterGroup(a, new Sgd());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(List.of(group, group)))
        .withMessage("a and a are one parameter, which would move twice a step; expected one name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(List.of(group, new ParameterGroup(named("a"), new Sgd()))))
        .withMessage("two parameters are named a; expected names that differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(List.of()))
        .withMessage("an optimizer needs at least one parameter; got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.withWeightDecay(-0.1))
        .withMessage("weightDecay is -0.1; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> group.withWeightDecay(0.1, Mask.MATRICES))
        .withMessage(
            "the mask of weight decay 0.1 leaves out every parameter; expected one of [a]");
  }
}
