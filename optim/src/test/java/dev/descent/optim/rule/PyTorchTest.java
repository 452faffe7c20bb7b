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
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** The recordings by file, each with Descent's state by PyTorch's names. */
  private static final SequencedMap<String, Map<String, State>> RECORDINGS = new LinkedHashMap<>();

  static {
    RECORDINGS.put("sgd", Map.of());
    RECORDINGS.put("momentum", Map.of("momentum_buffer", slot(Momentum.V)));
    RECORDINGS.put("nesterov", Map.of("momentum_buffer", slot(Nesterov.V)));
    RECORDINGS.put("adagrad", Map.of("sum", slot(AdaGrad.SUM)));
    RECORDINGS.put("rmsprop", Map.of("square_avg", slot(RmsProp.V)));
    RECORDINGS.put(
        "rmsprop-momentum",
        Map.of("square_avg", slot(RmsPropMomentum.V), "momentum_buffer", slot(RmsPropMomentum.B)));
    Map<String, State> centered =
        Map.of("square_avg", PyTorchTest::meanSquare, "grad_avg", slot(CenteredRmsProp.M));
    RECORDINGS.put("rmsprop-centered", centered);
    RECORDINGS.put(
        "rmsprop-centered-momentum", and(centered, "momentum_buffer", CenteredRmsProp.B));
    RECORDINGS.put(
        "adadelta", Map.of("square_avg", slot(Adadelta.V), "acc_delta", slot(Adadelta.U)));
    Map<String, State> adam = Map.of("exp_avg", slot(Adam.M), "exp_avg_sq", slot(Adam.V));
    RECORDINGS.put("adam", adam);
    RECORDINGS.put("adamw", adam);
    RECORDINGS.put("amsgrad", and(adam, "max_exp_avg_sq", AmsGrad.V_MAX));
    RECORDINGS.put("adamax", Map.of("exp_avg", slot(AdaMax.M), "exp_inf", slot(AdaMax.U)));
    RECORDINGS.put(
        "nadam",
        Map.of(
            "exp_avg",
            slot(Nadam.M),
            "exp_avg_sq",
            slot(Nadam.V),
            "mu_product",
            common(Nadam.PRODUCT)));
    RECORDINGS.put("radam", adam);
    RECORDINGS.put(
        "asgd",
        Map.of("eta", common(Asgd.NEXT), "mu", PyTorchTest::nextWeight, "ax", slot(Asgd.AVERAGE)));
    RECORDINGS.put("rprop", Map.of("step_size", slot(Rprop.SIZE), "prev", slot(Rprop.PREVIOUS)));
  }

  /** A number of PyTorch's state for each coordinate, from Descent's. */
  private interface State {
    double[] of(Replay replay);
  }

  private static State common(Slot slot) {
    return replay -> new double[] {replay.common(slot)};
  }

  /** PyTorch keeps the weight of the next step; here it follows from the step. */
  private static double[] nextWeight(Replay replay) {
    return new double[] {((Asgd) replay.rule()).weight(replay.stepsTaken() + 1)};
  }

  private static State slot(Slot slot) {
    return replay -> replay.state(slot);
  }

  private static Map<String, State> and(Map<String, State> some, String name, Slot slot) {
    Map<String, State> all = new LinkedHashMap<>(some);
    all.put(name, slot(slot));
    return all;
  }

  /** Descent keeps the variance, which is this minus the squared mean. */
  private static double[] meanSquare(Replay replay) {
    double[] v = replay.state(CenteredRmsProp.V);
    double[] m = replay.state(CenteredRmsProp.M);
    Arrays.setAll(v, i -> v[i] + m[i] * m[i]);
    return v;
  }

  @TestFactory
  Stream<DynamicTest> followsPyTorch() {
    Map<String, Object> gradients = at(read("gradients"), "gradients");
    return RECORDINGS.keySet().stream()
        .flatMap(file ->
            cases(file).stream()
                .map(recorded ->
                    dynamicTest(
                        "%s, %s, %s gradients"
                            .formatted(file, recorded.get("name"), recorded.get("gradients")),
                        () -> check(file, recorded, gradients))));
  }

  /** Those of Adafactor and Muon, and of Shampoo, are in {@link PyTorchMatricesTest}. */
  @Test
  void onlyRulesThatPyTorchDoesNotHaveHaveNoRecordings() {
    assertThat(RECORDINGS.keySet().stream().mapToInt(file -> cases(file).size()))
        .allMatch(n -> n >= 12);
    Set<String> recorded =
        RECORDINGS.keySet().stream()
            .flatMap(file -> cases(file).stream().map(one -> choice(file, one).name()))
            .collect(Collectors.toSet());
    assertThat(Rules.names().stream().filter(name -> !recorded.contains(name)))
        .containsExactly(
            "normalisedadagrad",
            "quarticadagrad",
            "adabelief",
            "yogi",
            "adan",
            "lion",
            "signsgd",
            "ftrl",
            "schedulefreesgd",
            "schedulefreeadamw",
            "lars",
            "lamb",
            "adafactor",
            "muon",
            "shampoo",
            "prodigy");
  }

  private static Rules.Choice choice(String file, Map<String, Object> recorded) {
    return Rules.choose((String) read(file).get("rule"), settings(recorded));
  }

  private static void check(
      String file, Map<String, Object> recorded, Map<String, Object> allGradients) {
    Rules.Choice choice = choice(file, recorded);
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
    assertThat(at(recorded, "state")).hasSameSizeAs(RECORDINGS.get(file).keySet());
    at(recorded, "state")
        .forEach((pytorchName, expected) -> {
          double[] state = RECORDINGS.get(file).get(pytorchName).of(replay);
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

  private static List<Map<String, Object>> cases(String file) {
    return ((List<?>) read(file).get("cases")).stream().map(PyTorchTest::object).toList();
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

  private static double[] numbers(Object value) {
    return (value instanceof List<?> list ? list : List.of(value))
        .stream().mapToDouble(PyTorchTest::number).toArray();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  private static double[] absolute(double[] values) {
    return Arrays.stream(values).map(Math::abs).toArray();
  }
}
