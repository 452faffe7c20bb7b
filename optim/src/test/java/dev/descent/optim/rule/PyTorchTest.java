package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.optim.Slot;
import dev.descent.optim.study.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Specifications against what PyTorch's optimizers do in float64, over 200 steps: every recorded
 * parameter and the final state to 1e-12. The resource folder's README describes the recordings.
 */
class PyTorchTest {
  private static final double TOLERANCE = 1e-12;

  /** Descent's slots by PyTorch's names. */
  private static final Map<String, Map<String, Slot>> SLOTS =
      Map.of(
          "sgd", Map.of(),
          "momentum", Map.of("momentum_buffer", Momentum.V),
          "nesterov", Map.of("momentum_buffer", Nesterov.V),
          "adagrad", Map.of("sum", AdaGrad.SUM),
          "rmsprop", Map.of("square_avg", RmsProp.V),
          "adadelta", Map.of("square_avg", Adadelta.V, "acc_delta", Adadelta.U),
          "adam", Map.of("exp_avg", Adam.M, "exp_avg_sq", Adam.V));

  @TestFactory
  Stream<DynamicTest> followsPyTorch() {
    Map<String, Object> gradients = at(read("gradients"), "gradients");
    return Rules.names().stream()
        .flatMap(rule ->
            cases(rule).stream()
                .map(recorded ->
                    dynamicTest(
                        "%s, %s, %s gradients"
                            .formatted(rule, recorded.get("name"), recorded.get("gradients")),
                        () -> check(rule, recorded, gradients))));
  }

  @Test
  void everyRuleHasRecordings() {
    assertThat(Rules.names().stream().mapToInt(rule -> cases(rule).size())).allMatch(n -> n >= 16);
  }

  private static void check(
      String name, Map<String, Object> recorded, Map<String, Object> allGradients) {
    Rules.Choice choice = Rules.choose(name, settings(recorded));
    double[] initial = numbers(recorded.get("initial"));
    List<?> gradients = (List<?>) allGradients.get(recorded.get("gradients"));
    Map<String, Object> parameters = at(recorded, "parameters");
    Map<String, Object> change = at(recorded, "learningRateChange");

    Replay replay = new Replay(choice.rule(), initial);
    double[] largest = absolute(initial);
    double[] farthest = new double[initial.length];
    for (int step = 1; step <= gradients.size(); step++) {
      boolean changed = !change.isEmpty() && step >= number(change.get("step"));
      double learningRate = changed ? number(change.get("learningRate")) : choice.learningRate();
      replay.step(learningRate, numbers(gradients.get(step - 1)));
      double[] values = replay.values();
      for (int i = 0; i < values.length; i++) {
        largest[i] = Math.max(largest[i], Math.abs(values[i]));
        farthest[i] = Math.max(farthest[i], Math.abs(values[i] - initial[i]));
      }
      Object expected = parameters.get(String.valueOf(step));
      if (expected != null) {
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i])
              .as("coordinate %d after step %d", i, step)
              .isCloseTo(numbers(expected)[i], within(TOLERANCE * largest[i]));
        }
      }
    }
    int visible = 0;
    for (int i = 0; i < initial.length; i++) {
      visible += farthest[i] > 50 * TOLERANCE * largest[i] ? 1 : 0;
    }
    assertThat(visible).as("coordinates that move 50 tolerances or more").isGreaterThan(1);
    assertThat(at(recorded, "state")).hasSameSizeAs(SLOTS.get(name).keySet());
    at(recorded, "state")
        .forEach((pytorchName, expected) -> {
          double[] state = replay.state(SLOTS.get(name).get(pytorchName));
          double[] expectedState = numbers(expected);
          for (int i = 0; i < state.length; i++) {
            assertThat(state[i])
                .as("%s of coordinate %d", pytorchName, i)
                .isCloseTo(expectedState[i], within(TOLERANCE * Math.abs(expectedState[i])));
          }
        });
  }

  private static Map<String, String> settings(Map<String, Object> recorded) {
    Map<String, String> settings = new LinkedHashMap<>();
    at(recorded, "settings").forEach((name, value) -> settings.put(name, value.toString()));
    return settings;
  }

  private static List<Map<String, Object>> cases(String rule) {
    return ((List<?>) read(rule).get("cases")).stream().map(PyTorchTest::object).toList();
  }

  private static Map<String, Object> read(String name) {
    try (InputStream file =
        PyTorchTest.class.getResourceAsStream("trajectories/" + name + ".json")) {
      return JSON.std.mapFrom(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> at(Map<String, Object> object, String key) {
    Object value = object.get(key);
    return value == null ? Map.of() : object(value);
  }

  private static Map<String, Object> object(Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, each) -> object.put((String) key, each));
    return object;
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(PyTorchTest::number).toArray();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
