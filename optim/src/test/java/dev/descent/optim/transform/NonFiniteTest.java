package dev.descent.optim.transform;

import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.schedule.LinearWarmup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonFiniteTest {
  private final Parameter good = Parameter.of(Shape.of(3), 1, 2, 3);
  private final Parameter bad = Parameter.of(Shape.of(2, 20), new float[40]);
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  private Optimizer optimizer(GradientTransform transform) {
    parameters.put("good", good);
    parameters.put("bad", bad);
    setGradient(good, new float[] {1, -1, Float.MAX_VALUE});
    return new Optimizer(
        List.of(
            new ParameterGroup(parameters, new Adam(), new LinearWarmup(0.1, 0, 10))
                .withWeightDecay(0.5)),
        transform);
  }

  private void gradient(float value) {
    float[] gradient = new float[40];
    gradient[37] = value;
    setGradient(bad, gradient);
  }

  private void assertNothingHasMoved(Optimizer optimizer) {
    assertThat(good.toArray()).containsExactly(1, 2, 3);
    assertThat(optimizer.state("good", Adam.M).toArray()).containsOnly(0);
    assertThat(optimizer.stepsTaken()).isZero();
    assertThat(optimizer.stepsTaken("good")).isZero();
    assertThat(optimizer.learningRate()).isZero();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void failsAndNothingMoves(float value) {
    Optimizer optimizer = optimizer(new FailOnNonFinite());
    gradient(value);
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessage(
            "the gradient of bad is "
                + value
                + " at element 37 in step 1; expected finite numbers");
    assertNothingHasMoved(optimizer);
    gradient(Float.MAX_VALUE);
    assertThat(optimizer.step()).isTrue();
    assertThat(optimizer.stepsSkipped()).isZero();
  }

  /** The first element is one too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 39})
  void findsThemWhereverTheyAre(int place) {
    Optimizer optimizer = optimizer(new FailOnNonFinite());
    float[] gradient = new float[40];
    gradient[place] = Float.NaN;
    setGradient(bad, gradient);
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessageContaining("NaN at element " + place + " in step 1");
    assertNothingHasMoved(optimizer);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void skipsAndNothingMoves(float value) {
    Optimizer optimizer = optimizer(new SkipNonFinite(2));
    gradient(value);
    assertThat(optimizer.step()).isFalse();
    assertThat(optimizer.step()).isFalse();
    assertThat(optimizer.stepsSkipped()).isEqualTo(2);
    assertNothingHasMoved(optimizer);
    assertThatIllegalStateException()
        .isThrownBy(optimizer::step)
        .withMessageStartingWith("the gradient of bad is " + value + " at element 37");
    assertNothingHasMoved(optimizer);
    gradient(1);
    assertThat(optimizer.step()).isTrue();
    gradient(value);
    assertThat(optimizer.step()).as("the count starts anew").isFalse();
    assertThat(optimizer.stepsSkipped()).isEqualTo(3);
    assertThat(optimizer.gradientsSeen()).isEqualTo(4);
    assertThat(optimizer.stepsTaken()).isEqualTo(1);
  }

  /** What lies behind a skip is not asked any more, what lies before it is. */
  @Test
  void transformsActInTheirOrder() {
    gradient(Float.POSITIVE_INFINITY);
    parameters.put("bad", bad);
    Optimizer clippedFirst =
        new Optimizer(parameters, new Adam(), new ClipByValue(1), new SkipNonFinite(1));
    assertThat(clippedFirst.step()).isTrue();
    Optimizer skippedFirst =
        new Optimizer(parameters, new Adam(), new SkipNonFinite(1), new ClipByValue(1));
    assertThat(skippedFirst.step()).isFalse();
  }

  @Test
  void frozenParametersDoNotMatter() {
    Optimizer optimizer = optimizer(new FailOnNonFinite());
    gradient(Float.NaN);
    bad.trainable(false);
    assertThat(optimizer.step()).isTrue();
  }

  @Test
  void atLeastOneMayBeSkipped() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SkipNonFinite(0))
        .withMessage("mostInARow is 0; expected a whole number >= 1");
  }
}
