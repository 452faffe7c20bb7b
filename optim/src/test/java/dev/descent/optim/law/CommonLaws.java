package dev.descent.optim.law;

import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Optimizer;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * What every update rule obeys: it is odd, repeatable and finite, and it rests where there is no
 * gradient.
 *
 * <p>Laws say "bitwise" wherever rounding permits it. A zero's sign is left out of it: adding -0 to
 * 0 gives 0.
 */
public interface CommonLaws {
  /** Enough for four vectors of the widest kind and any tail. */
  int COORDINATES = 4 * 16 + 3;

  /** Enough for counters, corrections and averages to go wrong. */
  int STEPS = 60;

  /** An ordinary learning rate, not a power of two. */
  double LEARNING_RATE = 0.01;

  /** The rule with several settings. */
  List<UpdateRule> configurations();

  /** Slots that change even where gradients are zero; none, unless overridden. */
  default List<Slot> restless() {
    return List.of();
  }

  /** The configurations, for properties. */
  @Provide
  default Arbitrary<UpdateRule> rules() {
    return Arbitraries.of(configurations());
  }

  /** Gradients for up to four vectors and a tail. */
  @Provide
  default Arbitrary<Course> courses() {
    return Course.upTo(COORDINATES, STEPS);
  }

  /** L5: mirrored gradients give mirrored steps. */
  @Property(tries = 50)
  @Tag("widths")
  default void stepsAreOdd(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[][] mirrored = scaled(gradients, -1);
    double[][] deltas = precision.deltas(rule, LEARNING_RATE, gradients);
    double[][] mirroredDeltas = precision.deltas(rule, LEARNING_RATE, mirrored);
    for (int t = 0; t < deltas.length; t++) {
      assertEqual(mirroredDeltas[t], scaled(deltas[t], -1));
    }
  }

  /** L6: a step leaves the gradients alone, and equal runs give equal bits. */
  @Property(tries = 50)
  @Tag("widths")
  default void stepsAreRepeatable(
      @ForAll("rules") UpdateRule rule, @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-20, 1e20);
    Parameter parameter = Parameter.of(Shape.of(course.coordinates()), course.start());
    Optimizer optimizer = new Optimizer(named(parameter), rule, LEARNING_RATE);
    for (float[] gradient : gradients) {
      setGradient(parameter, gradient);
      float[] before = parameter.gradient().toArray();
      optimizer.step();
      assertSameBits(parameter.gradient().toArray(), before);
    }
    assertSameBits(
        parameter.toArray(), train(rule, course.start(), gradients, course.coordinates())[0]);
  }

  /** L41: gradients of zero from the start change neither parameters nor state. */
  @Property(tries = 20)
  @Tag("widths")
  default void zeroGradientsChangeNothing(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course) {
    Precision.Run run = precision.start(rule, course.coordinates());
    List<Slot> quiet = rule.slots().stream().filter(slot -> !restless().contains(slot)).toList();
    double[][] fresh = quiet.stream().map(run::state).toArray(double[][]::new);
    for (int t = 0; t < course.steps(); t++) {
      assertEqual(
          run.step(LEARNING_RATE, new float[course.coordinates()]),
          new double[course.coordinates()]);
      for (int slot = 0; slot < fresh.length; slot++) {
        assertEqual(run.state(quiet.get(slot)), fresh[slot]);
      }
    }
  }

  /** L77: gradients of ordinary size, zeros among them, never give an infinity or NaN. */
  @Property(tries = 50)
  @Tag("widths")
  default void stepsAreFinite(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course) {
    for (double[] deltas : precision.deltas(rule, LEARNING_RATE, course.gradients(1e-10, 1e10))) {
      assertThat(Arrays.stream(deltas).boxed()).allMatch(Double::isFinite);
    }
  }

  /** Trains one parameter, or two if there is a cut before the end; gives the values of both. */
  static float[][] train(UpdateRule rule, float[] start, float[][] gradients, int cut) {
    int n = start.length;
    Parameter head = Parameter.of(Shape.of(cut), Arrays.copyOf(start, cut));
    Parameter tail = Parameter.of(Shape.of(n - cut), Arrays.copyOfRange(start, cut, n));
    SequencedMap<String, Parameter> parameters = named(head);
    parameters.put("tail", tail);
    Optimizer optimizer = new Optimizer(parameters, rule, LEARNING_RATE);
    for (float[] gradient : gradients) {
      setGradient(head, Arrays.copyOf(gradient, cut));
      setGradient(tail, Arrays.copyOfRange(gradient, cut, n));
      optimizer.step();
    }
    return new float[][] {head.toArray(), tail.toArray()};
  }

  private static SequencedMap<String, Parameter> named(Parameter parameter) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("head", parameter);
    return parameters;
  }

  /** The gradients times a number. */
  static float[][] scaled(float[][] gradients, double factor) {
    float[][] scaled = new float[gradients.length][];
    for (int t = 0; t < scaled.length; t++) {
      scaled[t] = gradients[t].clone();
      for (int i = 0; i < scaled[t].length; i++) {
        scaled[t][i] *= (float) factor;
      }
    }
    return scaled;
  }

  /** The values times a number. */
  static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  static void assertSameBits(float[] actual, float[] expected) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertSameBits(actual[i], expected[i]);
    }
  }

  static void assertSameBits(float actual, float expected) {
    assertThat(Float.floatToIntBits(actual)).isEqualTo(Float.floatToIntBits(expected));
  }

  /** Equal as numbers: every bit, but for the sign of zero. */
  static void assertEqual(double[] actual, double[] expected) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i] + 0.0)
          .as("coordinate %d", i)
          .isEqualTo(Double.valueOf(expected[i] + 0.0));
    }
  }
}
