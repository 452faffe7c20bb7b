package dev.descent.optim.stage;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.Stage;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.schedule.InverseTime;
import dev.descent.optim.transform.ClipByNorm;
import dev.descent.optim.transform.FailOnNonFinite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** L59. */
class AccumulationProperties {
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  @Provide
  Arbitrary<Course> courses() {
    return Course.upTo(4 * 16 + 3, 10);
  }

  @Provide
  Arbitrary<UpdateRule> rules() {
    return Arbitraries.of(new Sgd(), new Momentum(), new Adam());
  }

  private Parameter start(Course course) {
    Parameter parameter = Parameter.of(Shape.of(course.coordinates()), course.start());
    parameters.put("p", parameter);
    return parameter;
  }

  /** With decay, clipping and a schedule, of which each is to act once a step. */
  private Optimizer optimizer(UpdateRule rule, Stage... stages) {
    return new Optimizer(
        List.of(
            new ParameterGroup(parameters, rule, new InverseTime(0.1, 0.5)).withWeightDecay(0.3)),
        stages);
  }

  private static void add(Parameter parameter, float[] gradient) {
    parameter.times(Tensor.of(parameter.shape(), gradient.clone())).sum().backward();
  }

  /**
   * A step for batches alike is a step for one of them: four floats alike add up without rounding.
   */
  @Property(tries = 50)
  @Tag("widths")
  void equalBatchesAreOneBatch(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(max = 2) int power) {
    int batches = 1 << power;
    float[][] gradients = course.gradients(1e-3, 1e3);
    Parameter one = start(course);
    Optimizer plain = optimizer(rule, new ClipByNorm(2));
    for (float[] gradient : gradients) {
      setGradient(one, gradient);
      plain.step();
    }
    Parameter other = start(course);
    Optimizer accumulating = optimizer(rule, new Accumulation(batches), new ClipByNorm(2));
    for (float[] gradient : gradients) {
      for (int batch = 1; batch <= batches; batch++) {
        accumulating.clearGradients();
        add(other, gradient);
        assertThat(accumulating.step()).isEqualTo(batch == batches);
      }
    }
    assertSameBits(other.toArray(), one.toArray());
    assertThat(accumulating.stepsTaken()).isEqualTo(plain.stepsTaken());
    assertThat(accumulating.learningRate()).isEqualTo(plain.learningRate());
    assertThat(plain.gradientsSeen()).isEqualTo(gradients.length);
    assertThat(accumulating.gradientsSeen()).isEqualTo((long) batches * gradients.length);
  }

  /** A step for different batches is a step with the mean of their gradients. */
  @Property(tries = 50)
  void differentBatchesAreAveraged(@ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-2, 1e2);
    Parameter parameter = start(course);
    float[] start = parameter.toArray();
    Optimizer optimizer =
        new Optimizer(parameters, new Sgd(), 0.5, new Accumulation(gradients.length));
    for (float[] gradient : gradients) {
      assertThat(optimizer.stepsTaken()).isZero();
      optimizer.clearGradients();
      add(parameter, gradient);
      optimizer.step();
    }
    assertThat(optimizer.stepsTaken()).isEqualTo(1);
    for (int i = 0; i < start.length; i++) {
      double mean = 0;
      double size = 0;
      for (float[] gradient : gradients) {
        mean += gradient[i] / (double) gradients.length;
        size += Math.abs(gradient[i]);
      }
      assertThat((double) parameter.get(i))
          .isCloseTo(start[i] - 0.5 * mean, within(1e-6 * (1 + size)));
    }
  }

  @Example
  void parametersStayUntilThereAreEnough() {
    Parameter parameter = start(new Course(3, 1, 1));
    float[] before = parameter.toArray();
    Optimizer optimizer = optimizer(new Adam(), new Accumulation(3));
    for (int batch = 1; batch <= 2; batch++) {
      optimizer.clearGradients();
      add(parameter, new float[] {1, 2, 3});
      assertThat(optimizer.step()).isFalse();
    }
    assertThat(parameter.toArray()).isEqualTo(before);
    assertThat(parameter.gradient().toArray()).containsExactly(2, 4, 6);
    assertThat(optimizer.stepsTaken()).isZero();
    assertThat(optimizer.stepsSkipped()).isZero();
    assertThat(optimizer.stepsTaken("p")).isZero();
    add(parameter, new float[] {1, 2, 3});
    assertThat(optimizer.step()).isTrue();
    optimizer.clearGradients();
    assertThat(parameter.gradient()).isNull();
  }

  /** A failed step ends the accumulation: the gradients that made it fail can be cleared. */
  @Example
  void aStepThatFailsStartsAnew() {
    Parameter parameter = start(new Course(1, 1, 1));
    Optimizer optimizer = optimizer(new Sgd(), new Accumulation(2), new FailOnNonFinite());
    add(parameter, new float[] {Float.NaN});
    optimizer.step();
    add(parameter, new float[] {1});
    assertThatIllegalStateException().isThrownBy(optimizer::step);
    optimizer.clearGradients();
    assertThat(parameter.gradient()).isNull();
    add(parameter, new float[] {1});
    assertThat(optimizer.step()).isFalse();
    assertThat(optimizer.step()).isTrue();
  }

  @Example
  void itComesFirst() {
    start(new Course(1, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer(new Sgd(), new ClipByNorm(1), new Accumulation(2)))
        .withMessage(
            "Accumulation[batches=2] comes after ClipByNorm[limit=1.0]; expected it to be the first"
                + " stage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer(new Sgd(), new Accumulation(3), new Accumulation(2)))
        .withMessage(
            "Accumulation[batches=2] comes after Accumulation[batches=3]; expected it to be the"
                + " first stage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Accumulation(0))
        .withMessage("batches is 0; expected a whole number >= 1");
  }
}
