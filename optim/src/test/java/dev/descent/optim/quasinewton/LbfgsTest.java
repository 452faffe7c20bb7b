package dev.descent.optim.quasinewton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LbfgsTest {
  private static double rosenbrock(double[] x, double[] gradient) {
    double value = 0;
    for (int i = 0; i < x.length - 1; i++) {
      double a = x[i + 1] - x[i] * x[i];
      double b = 1 - x[i];
      value += 100 * a * a + b * b;
      gradient[i] += -400 * a * x[i] - 2 * b;
      gradient[i + 1] += 200 * a;
    }
    return value;
  }

  private static double beale(double[] x, double[] gradient) {
    double value = 0;
    double power = 1;
    double[] constants = {1.5, 2.25, 2.625};
    for (int i = 1; i <= 3; i++) {
      double before = power;
      power *= x[1];
      double a = constants[i - 1] - x[0] + x[0] * power;
      value += a * a;
      gradient[0] += 2 * a * (power - 1);
      gradient[1] += 2 * a * (x[0] * i * before);
    }
    return value;
  }

  private static double bowl(double[] x, double[] gradient) {
    double value = 0;
    double curvature = 1;
    for (int i = 0; i < x.length; i++) {
      value += 0.5 * curvature * x[i] * x[i];
      gradient[i] = curvature * x[i];
      curvature *= 10;
    }
    return value;
  }

  private static final Map<String, Objective> FUNCTIONS =
      Map.of(
          "rosenbrock", LbfgsTest::rosenbrock, "beale", LbfgsTest::beale, "bowl", LbfgsTest::bowl);

  /** Each step to 1e-12, with as many directions and evaluations. */
  @TestFactory
  Stream<DynamicTest> followsPyTorch() throws IOException {
    try (InputStream file = LbfgsTest.class.getResourceAsStream("lbfgs.json")) {
      List<?> cases = (List<?>) JSON.std.mapFrom(file).get("cases");
      assertThat(cases).hasSizeGreaterThan(8);
      return cases.stream()
          .map(one -> (Map<?, ?>) one)
          .map(one ->
              dynamicTest(one.get("function") + " " + one.get("settings"), () -> check(one)));
    }
  }

  private static void check(Map<?, ?> recorded) {
    Map<String, String> changes = new LinkedHashMap<>();
    ((Map<?, ?>) recorded.get("settings"))
        .forEach((name, value) -> changes.put(name.toString(), value.toString()));
    Minimiser minimiser =
        new Minimiser(
            FUNCTIONS.get((String) recorded.get("function")),
            Settings.with(new LbfgsSettings(), changes),
            numbers(recorded.get("start")));
    for (Object each : (List<?>) recorded.get("steps")) {
      Map<?, ?> step = (Map<?, ?>) each;
      double loss = ((Number) step.get("loss")).doubleValue();
      assertThat(minimiser.step()).isCloseTo(loss, within(1e-12 * (1 + loss)));
      double[] expected = numbers(step.get("point"));
      for (int i = 0; i < expected.length; i++) {
        assertThat(minimiser.point()[i])
            .as("coordinate %d after %s evaluations", i, step.get("evaluations"))
            .isCloseTo(expected[i], within(1e-12 * Math.max(1, Math.abs(expected[i]))));
      }
      assertThat(minimiser.iterations()).isEqualTo(((Number) step.get("iterations")).longValue());
      assertThat(minimiser.evaluations()).isEqualTo(((Number) step.get("evaluations")).longValue());
    }
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }

  private final Parameter x = Parameter.of(Shape.SCALAR, -1.2f);
  private final Parameter y = Parameter.of(Shape.of(1), 1);
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  private Tensor loss() {
    Tensor a = y.sum().minus(x.square());
    Tensor b = x.times(-1).plus(1);
    return a.square().times(100).plus(b.square());
  }

  private Lbfgs optimizer(LbfgsSettings settings) {
    parameters.put("x", x);
    parameters.put("y", y);
    return new Lbfgs(parameters, settings);
  }

  @Test
  void findsTheEndOfRosenbrocksValley() {
    Lbfgs optimizer = optimizer(new LbfgsSettings());
    double first = 0;
    for (int step = 0; step < 5; step++) {
      double before =
          optimizer.step(() -> {
            optimizer.clearGradients();
            Tensor loss = loss();
            loss.backward();
            return loss;
          });
      first = step == 0 ? before : first;
    }
    assertThat(first).isCloseTo(24.2, within(1e-4));
    assertThat(x.item()).isCloseTo(1, within(1e-3f));
    assertThat(y.get(0)).isCloseTo(1, within(2e-3f));
    assertThat(optimizer.iterations()).isBetween(10L, 100L);
    assertThat(optimizer.evaluations()).isBetween(optimizer.iterations(), 130L);
  }

  @Test
  void frozenParametersStay() {
    y.trainable(false);
    Lbfgs optimizer = optimizer(new LbfgsSettings());
    optimizer.step(() -> {
      optimizer.clearGradients();
      Tensor loss = loss();
      loss.backward();
      return loss;
    });
    assertThat(y.get(0)).isEqualTo(1);
    assertThat(x.item()).isNotEqualTo(-1.2f);
  }

  @Test
  void withoutGradientsNothingMoves() {
    Lbfgs optimizer = optimizer(new LbfgsSettings());
    assertThatIllegalStateException()
        .isThrownBy(() -> optimizer.step(this::loss))
        .withMessage(
            "parameter x has no gradient; expected a closure that calls backward() on a loss that"
                + " depends on it");
    assertThat(x.item()).isEqualTo(-1.2f);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lbfgs(new LinkedHashMap<>(), new LbfgsSettings()))
        .withMessage("L-BFGS needs at least one trainable parameter; got none");
  }

  /** A closure that fails in the midst of a search leaves the parameters where they were. */
  @Test
  void failuresUndoTheStep() {
    Lbfgs optimizer = optimizer(new LbfgsSettings());
    int[] calls = {0};
    assertThatIllegalStateException()
        .isThrownBy(() ->
            optimizer.step(() -> {
              if (++calls[0] == 4) {
                throw new IllegalStateException("out of data");
              }
              optimizer.clearGradients();
              Tensor loss = loss();
              loss.backward();
              return loss;
            }))
        .withMessage("out of data");
    assertThat(x.item()).isEqualTo(-1.2f);
    assertThat(y.get(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learningRate | 0 | learningRate is 0.0; expected a finite number > 0",
        "iterations | 0 | iterations is 0; expected a whole number >= 1",
        "evaluations | -1 | evaluations is -1; expected a whole number >= 1",
        "gradientTolerance | NaN | gradientTolerance is NaN; expected a finite number >= 0",
        "changeTolerance | -1 | changeTolerance is -1.0; expected a finite number >= 0",
        "history | 0 | history is 0; expected a whole number >= 1"
      })
  void badSettingsAreErrors(String name, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.with(new LbfgsSettings(), Map.of(name, value)))
        .withMessage(message);
  }

  @Test
  void settingsAreChangedOneByOne() {
    assertThat(new LbfgsSettings().learningRate(0.5).iterations(40).history(7))
        .isEqualTo(new LbfgsSettings(0.5, 40, 50, 1e-7, 1e-9, 7));
  }
}
