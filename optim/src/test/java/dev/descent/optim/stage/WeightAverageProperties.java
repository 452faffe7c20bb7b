package dev.descent.optim.stage;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Optimizer;
import dev.descent.optim.law.Course;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Asgd;
import dev.descent.optim.rule.Sgd;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** L61. */
class WeightAverageProperties {
  @Provide
  Arbitrary<Course> courses() {
    return Course.upTo(4 * 16 + 3, 30);
  }

  @Provide
  Arbitrary<WeightAverage> averages() {
    return Arbitraries.of(
        new ExponentialAverage(0),
        new ExponentialAverage(0.5),
        new ExponentialAverage(0.999),
        new UniformAverage(),
        new UniformAverage(3, 1),
        new UniformAverage(2, 4));
  }

  /** The weights and their average after each step. */
  private record Path(float[][] weights, float[][] averages) {
    /** A path of SGD with a learning rate of 0.1. */
    static Path of(Course course, float[][] gradients, WeightAverage average) {
      SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
      Parameter parameter = Parameter.of(Shape.of(course.coordinates()), course.start());
      parameters.put("p", parameter);
      Optimizer optimizer = new Optimizer(parameters, new Sgd(), 0.1, average);
      Path path = new Path(new float[gradients.length][], new float[gradients.length][]);
      for (int t = 0; t < gradients.length; t++) {
        setGradient(parameter, gradients[t]);
        optimizer.step();
        path.weights[t] = parameter.toArray();
        try (Optimizer.Averaged _ = optimizer.averaged()) {
          path.averages[t] = parameter.toArray();
        }
        assertSameBits(parameter.toArray(), path.weights[t]);
      }
      return path;
    }
  }

  @Property(tries = 50)
  @Tag("widths")
  void theyLieAmongTheWeights(
      @ForAll("averages") WeightAverage average, @ForAll("courses") Course course) {
    Path path = Path.of(course, course.gradients(1e-3, 1e2), average);
    for (int i = 0; i < course.coordinates(); i++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (int t = 0; t < course.steps(); t++) {
        least = Math.min(least, path.weights[t][i]);
        most = Math.max(most, path.weights[t][i]);
        assertThat(path.averages[t][i]).isBetween(least, most);
      }
    }
  }

  @Property(tries = 50)
  @Tag("widths")
  void theAverageOfOneStepIsItsWeights(
      @ForAll("averages") WeightAverage average, @ForAll("courses") Course course) {
    Path path = Path.of(course, course.gradients(1e-3, 1e2), average);
    assertSameBits(path.averages[0], path.weights[0]);
  }

  @Property(tries = 50)
  @Tag("widths")
  void weightsThatStayAreTheirAverage(
      @ForAll("averages") WeightAverage average, @ForAll("courses") Course course) {
    Path path = Path.of(course, new float[course.steps()][course.coordinates()], average);
    for (float[] one : path.averages) {
      assertSameBits(one, course.start());
    }
  }

  /** A mean of T floats, each step of it rounded: T half ulps at most. */
  @Property(tries = 50)
  @Tag("widths")
  void theUniformAverageIsTheMean(
      @ForAll("courses") Course course,
      @ForAll @IntRange(max = 5) int start,
      @ForAll @IntRange(min = 1, max = 4) int period) {
    Path path = Path.of(course, course.gradients(1e-2, 10), new UniformAverage(start, period));
    for (int i = 0; i < course.coordinates(); i++) {
      double sum = 0;
      double size = 0;
      int count = 0;
      for (int t = 0; t < course.steps(); t++) {
        int step = t + 1;
        size += Math.abs(path.weights[t][i]);
        if (step > start && (step - start) % period == 0) {
          sum += path.weights[t][i];
          count++;
        }
        double expected = count == 0 ? path.weights[t][i] : sum / count;
        assertThat((double) path.averages[t][i]).isCloseTo(expected, within(1e-7 * size));
      }
    }
  }

  /** From the definition, not step by step. */
  @Property(tries = 50)
  @Tag("widths")
  void theExponentialAverageIsWeighted(
      @ForAll("courses") Course course, @ForAll @DoubleRange(max = 0.99) double decay) {
    Path path = Path.of(course, course.gradients(1e-2, 10), new ExponentialAverage(decay));
    int last = course.steps() - 1;
    for (int i = 0; i < course.coordinates(); i++) {
      double sum = 0;
      double shares = 0;
      double size = 0;
      for (int t = 0; t <= last; t++) {
        double share = Math.pow(decay, last - t);
        sum += share * path.weights[t][i];
        shares += share;
        size += Math.abs(path.weights[t][i]);
      }
      assertThat((double) path.averages[last][i]).isCloseTo(sum / shares, within(1e-7 * size));
    }
  }

  @Example
  void frozenParametersAndThoseThatHaveNotMovedAreTheirAverage() {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    Parameter p = Parameter.of(Shape.of(2), 1, 2);
    Parameter frozen = Parameter.of(Shape.of(1), 3);
    parameters.put("p", p);
    parameters.put("frozen", frozen);
    frozen.trainable(false);
    Optimizer optimizer = new Optimizer(parameters, new Sgd(), 0.5, new UniformAverage());
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      assertThat(p.toArray()).containsExactly(1, 2);
    }
    System.arraycopy(new float[] {5, 5}, 0, p.array(), 0, 2);
    for (int step = 0; step < 3; step++) {
      setGradient(p, new float[] {2, 0});
      optimizer.step();
    }
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      assertThat(p.toArray()).as("of 4, 3 and 2").containsExactly(3, 5);
      assertThat(frozen.toArray()).containsExactly(3);
    }
    assertThat(p.toArray()).containsExactly(2, 5);
  }

  @Example
  void thereIsOneAverageAtMost() {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("p", Parameter.of(Shape.of(1), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Optimizer(parameters, new Adam(), new UniformAverage(), new ExponentialAverage(0)))
        .withMessage(
            "there are several averages of the weights, [UniformAverage[start=0, period=1],"
                + " ExponentialAverage[decay=0.0]]; expected at most one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, new Asgd(), new ExponentialAverage(0)))
        .withMessageEndingWith(
            " averages the weights, as does ExponentialAverage[decay=0.0]; expected one of them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Optimizer(parameters, new Adam(), new Lookahead(), new Lookahead()))
        .withMessageStartingWith("two stages are the same, [Lookahead[");
  }

  @Example
  void rangesAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExponentialAverage(1))
        .withMessage("decay is 1.0; expected 0 <= decay < 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UniformAverage(-1, 1))
        .withMessage("start is -1; expected a whole number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UniformAverage(0, 0))
        .withMessage("period is 0; expected a whole number >= 1");
  }
}
