package dev.descent.optim.stage;

import static dev.descent.optim.law.CommonLaws.assertSameBits;
import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.Optimizer;
import dev.descent.optim.Stage;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.law.Course;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import java.util.LinkedHashMap;
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
import net.jqwik.api.constraints.IntRange;

/** L56. */
class LookaheadProperties {
  private static final double RATE = 0.01;

  @Provide
  Arbitrary<Course> courses() {
    return Course.upTo(4 * 16 + 3, 20);
  }

  @Provide
  Arbitrary<UpdateRule> rules() {
    return Arbitraries.of(Rules.names()).map(name -> Rules.choose(name, Map.of()).rule());
  }

  /** The values after each step. */
  private static float[][] path(Course course, UpdateRule rule, Stage... stages) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    Parameter parameter = Parameter.of(Shape.of(course.coordinates()), course.start());
    parameters.put("p", parameter);
    Optimizer optimizer = new Optimizer(parameters, rule, RATE, stages);
    float[][] path = new float[course.steps()][];
    float[][] gradients = course.gradients(1e-3, 1e2);
    for (int t = 0; t < path.length; t++) {
      setGradient(parameter, gradients[t]);
      optimizer.step();
      path[t] = parameter.toArray();
    }
    return path;
  }

  @Property(tries = 50)
  @Tag("widths")
  void allTheWayIsTheRuleAlone(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = 1, max = 6) int period) {
    float[][] expected = path(course, rule);
    float[][] actual = path(course, rule, new Lookahead(1, period));
    for (int t = 0; t < expected.length; t++) {
      assertSameBits(actual[t], expected[t]);
    }
  }

  @Property(tries = 50)
  @Tag("widths")
  void noneOfTheWayIsTheStart(
      @ForAll("rules") UpdateRule rule,
      @ForAll("courses") Course course,
      @ForAll @IntRange(min = 1, max = 6) int period) {
    float[][] path = path(course, rule, new Lookahead(0, period));
    for (int t = period - 1; t < path.length; t += period) {
      assertSameBits(path[t], course.start());
    }
  }

  /** With SGD, whose steps do not depend on where it is. */
  @Property(tries = 50)
  @Tag("widths")
  void afterEachPeriodIsAPartOfTheWay(
      @ForAll("courses") Course course,
      @ForAll @DoubleRange(max = 1) double alpha,
      @ForAll @IntRange(min = 1, max = 6) int period) {
    float[][] path = path(course, new Sgd(), new Lookahead(alpha, period));
    float[][] gradients = course.gradients(1e-3, 1e2);
    for (int i = 0; i < course.coordinates(); i++) {
      double slow = course.start()[i];
      double fast = slow;
      for (int t = 0; t < path.length; t++) {
        fast -= RATE * gradients[t][i];
        if ((t + 1) % period == 0) {
          slow += alpha * (fast - slow);
          fast = slow;
        }
        assertThat((double) path[t][i]).isCloseTo(fast, within(2e-5));
      }
    }
  }

  @Example
  void rangesAreChecked() {
    assertThat(new Lookahead()).isEqualTo(new Lookahead(0.5, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lookahead(1.5, 5))
        .withMessage("alpha is 1.5; expected 0 <= alpha <= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lookahead(0.5, 0))
        .withMessage("period is 0; expected a whole number >= 1");
  }
}
