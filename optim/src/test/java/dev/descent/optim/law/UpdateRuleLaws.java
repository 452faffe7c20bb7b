package dev.descent.optim.law;

import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Optimizer;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * What every element-wise rule obeys: coordinates are alike and apart, and the learning rate scales
 * the step and nothing else.
 *
 * <p>Laws say "bitwise" wherever rounding permits it. A zero's sign is left out of it: adding -0 to
 * 0 gives 0.
 */
public interface UpdateRuleLaws {
  /** Enough for four vectors of the widest kind and any tail. */
  int COORDINATES = 4 * 16 + 3;

  /** An ordinary learning rate, not a power of two. */
  double LEARNING_RATE = 0.01;

  /** The rule with several settings. */
  List<UpdateRule> configurations();

  /** The change of a coordinate at the first step with gradient g, from the paper's formula. */
  double firstDelta(UpdateRule rule, double learningRate, double g);

  /** The configurations, for properties. */
  @Provide
  default Arbitrary<UpdateRule> rules() {
    return Arbitraries.of(configurations());
  }

  /** Gradients for up to four vectors and a tail. */
  @Provide
  default Arbitrary<Course> courses() {
    return Course.upTo(COORDINATES, 20);
  }

  /** L1: permuting the coordinates permutes the result. */
  @Property(tries = 50)
  @Tag("widths")
  default void coordinatesAreAlike(
      @ForAll("rules") UpdateRule rule, @ForAll("courses") Course course) {
    int n = course.coordinates();
    int[] order = permutation(n, course.random());
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[][] permuted = new float[gradients.length][n];
    float[] start = course.start();
    float[] permutedStart = new float[n];
    for (int i = 0; i < n; i++) {
      permutedStart[i] = start[order[i]];
      for (int t = 0; t < gradients.length; t++) {
        permuted[t][i] = gradients[t][order[i]];
      }
    }
    float[] result = train(rule, start, gradients, n)[0];
    float[] permutedResult = train(rule, permutedStart, permuted, n)[0];
    for (int i = 0; i < n; i++) {
      assertSameBits(permutedResult[i], result[order[i]]);
    }
  }

  /** L2: what lies behind a coordinate does not matter to it. */
  @Property(tries = 50)
  @Tag("widths")
  default void tailsAreComputedAlike(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = 1, max = 20) int dropped) {
    int n = Math.max(0, course.coordinates() - dropped);
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[][] shorter = new float[gradients.length][];
    for (int t = 0; t < gradients.length; t++) {
      shorter[t] = Arrays.copyOf(gradients[t], n);
    }
    float[] all = train(rule, course.start(), gradients, course.coordinates())[0];
    float[] first = train(rule, Arrays.copyOf(course.start(), n), shorter, n)[0];
    assertSameBits(first, Arrays.copyOf(all, n));
  }

  /** L3: cutting a parameter in two changes nothing. */
  @Property(tries = 50)
  @Tag("widths")
  default void splittingChangesNothing(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(max = COORDINATES) int cut) {
    int n = course.coordinates();
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[] whole = train(rule, course.start(), gradients, n)[0];
    float[][] parts = train(rule, course.start(), gradients, Math.min(cut, n));
    assertSameBits(parts[0], Arrays.copyOf(whole, parts[0].length));
    assertSameBits(parts[1], Arrays.copyOfRange(whole, parts[0].length, n));
  }

  /** L3 where threads share the work. */
  @Property(tries = 2)
  @Tag("widths")
  default void threadsChangeNothing(@ForAll("rules") UpdateRule rule, @ForAll long seed) {
    Course course = new Course(300_007, 3, seed);
    float[][] gradients = course.gradients(1e-20, 1e20);
    float[] whole = train(rule, course.start(), gradients, course.coordinates())[0];
    float[][] parts = train(rule, course.start(), gradients, 100_003);
    assertSameBits(parts[0], Arrays.copyOf(whole, parts[0].length));
    assertSameBits(parts[1], Arrays.copyOfRange(whole, parts[0].length, whole.length));
  }

  /** L4: where a coordinate is does not matter to its step; a step is computed, then added. */
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
    if (Machine.usesSimd()) {
      assertSameBits(result, expected);
    } else {
      for (int i = 0; i < result.length; i++) {
        assertThat(result[i])
            .isCloseTo(expected[i], within(2 * course.steps() * Math.ulp(size[i])));
      }
    }
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

  /** L7: with a learning rate of zero nothing moves, yet the state advances as ever. */
  @Property(tries = 50)
  @Tag("widths")
  default void zeroLearningRateMovesNothing(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course) {
    Precision.Run still = precision.start(rule, course.coordinates());
    Precision.Run moving = precision.start(rule, course.coordinates());
    for (float[] gradient : course.gradients(1e-6, 1e6)) {
      assertEqual(still.step(0, gradient), new double[course.coordinates()]);
      moving.step(LEARNING_RATE, gradient);
      for (Slot slot : rule.slots()) {
        assertEqual(still.state(slot), moving.state(slot));
      }
    }
  }

  /** L8: steps are proportional to the learning rate, exactly so for powers of two. */
  @Property(tries = 50)
  @Tag("widths")
  default void stepsAreProportionalToTheLearningRate(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = -4, max = 4) int exponent) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    double factor = Math.scalb(1.0, exponent);
    double[][] deltas = precision.deltas(rule, LEARNING_RATE, gradients);
    double[][] scaledDeltas = precision.deltas(rule, factor * LEARNING_RATE, gradients);
    for (int t = 0; t < deltas.length; t++) {
      assertEqual(scaledDeltas[t], scaled(deltas[t], factor));
    }
  }

  /** L9: another learning rate at one step changes that step alone. */
  @Property(tries = 50)
  @Tag("widths")
  default void learningRatesActOnTheirStepOnly(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course) {
    float[][] gradients = course.gradients(1e-6, 1e6);
    int changed = course.random().nextInt(course.steps());
    double[][] deltas = precision.deltas(rule, LEARNING_RATE, gradients);
    Precision.Run run = precision.start(rule, course.coordinates());
    for (int t = 0; t < deltas.length; t++) {
      double[] delta = run.step(t == changed ? 8 * LEARNING_RATE : LEARNING_RATE, gradients[t]);
      assertEqual(delta, t == changed ? scaled(deltas[t], 8) : deltas[t]);
    }
  }

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

  /** L41: gradients of zero from the start change neither parameters nor state. */
  @Property(tries = 20)
  @Tag("widths")
  default void zeroGradientsChangeNothing(
      @ForAll Precision precision,
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course) {
    Precision.Run run = precision.start(rule, course.coordinates());
    double[][] fresh = rule.slots().stream().map(run::state).toArray(double[][]::new);
    for (int t = 0; t < course.steps(); t++) {
      assertEqual(
          run.step(LEARNING_RATE, new float[course.coordinates()]),
          new double[course.coordinates()]);
      for (int slot = 0; slot < fresh.length; slot++) {
        assertEqual(run.state(rule.slots().get(slot)), fresh[slot]);
      }
    }
  }

  /** Trains one parameter, or two if there is a cut before the end; gives the values of both. */
  private static float[][] train(UpdateRule rule, float[] start, float[][] gradients, int cut) {
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

  private static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
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

  private static void assertSameBits(float[] actual, float[] expected) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int i = 0; i < actual.length; i++) {
      assertSameBits(actual[i], expected[i]);
    }
  }

  private static void assertSameBits(float actual, float expected) {
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
