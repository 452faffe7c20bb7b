package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.core.tensor.Shape;
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
import org.junit.jupiter.api.TestFactory;

/**
 * Specifications of rules of matrices against what PyTorch's do in float64, over 200 steps, or what
 * a transcription does: every recorded parameter and the final state. The resource folder's README
 * describes them.
 */
class PyTorchMatricesTest {
  /** Of Shampoo's recordings, the rounding of eigenvalues that epsilon is a millionth of. */
  private static final Map<String, Double> TOLERANCES =
      Map.of("adafactor", 1e-12, "muon", 1e-12, "shampoo", 1e-9);

  /** Descent's slots by PyTorch's names. */
  private static final Map<String, Slot> SLOTS =
      Map.of(
          "row_var", Adafactor.R,
          "col_var", Adafactor.C,
          "variance", Adafactor.R,
          "momentum_buffer", Muon.M,
          "l", Shampoo.L,
          "r", Shampoo.R);

  @TestFactory
  Stream<DynamicTest> followsPyTorch() {
    Map<?, ?> gradients = (Map<?, ?>) read("gradients").get("gradients");
    return Stream.of("adafactor", "muon", "shampoo")
        .flatMap(rule ->
            ((List<?>) read(rule).get("cases"))
                .stream()
                    .map(one -> (Map<?, ?>) one)
                    .map(one ->
                        dynamicTest(
                            "%s, %s, %s gradients"
                                .formatted(rule, one.get("name"), one.get("gradients")),
                            () -> check(rule, one, gradients))));
  }

  private static void check(String rule, Map<?, ?> recorded, Map<?, ?> allGradients) {
    double tolerance = TOLERANCES.get(rule);
    Map<String, String> settings = new LinkedHashMap<>();
    ((Map<?, ?>) recorded.get("settings"))
        .forEach((name, value) -> settings.put(name.toString(), value.toString()));
    Rules.Choice choice = Rules.choose(rule, settings);
    double[] initial = numbers(recorded.get("initial"));
    int[] shape = ((List<?>) recorded.get("shape")).stream().mapToInt(n -> (Integer) n).toArray();
    Map<?, ?> parameters = (Map<?, ?>) recorded.get("parameters");
    Map<?, ?> change = (Map<?, ?>) recorded.get("learningRateChange");

    Replay replay = new Replay(choice.rule(), Shape.of(shape), initial);
    double farthest = 0;
    double largest = 0;
    List<?> gradients = (List<?>) allGradients.get(recorded.get("gradients"));
    for (int step = 1; step <= gradients.size(); step++) {
      boolean changed = change != null && step >= ((Number) change.get("step")).intValue();
      double rate =
          changed ? ((Number) change.get("learningRate")).doubleValue() : choice.learningRate();
      replay.step(rate, numbers(gradients.get(step - 1)));
      double[] values = replay.values();
      for (int i = 0; i < values.length; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
        farthest = Math.max(farthest, Math.abs(values[i] - initial[i]));
      }
      Object expected = parameters.get(String.valueOf(step));
      if (expected != null) {
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i])
              .as("coordinate %d after step %d", i, step)
              .isCloseTo(numbers(expected)[i], within(tolerance * largest));
        }
      }
    }
    assertThat(farthest).as("it moves").isGreaterThan(0.01);
    Map<?, ?> state = (Map<?, ?>) recorded.get("state");
    assertThat(state).isNotEmpty();
    state.forEach((name, expected) -> {
      double[] own = replay.state(SLOTS.get(name.toString()));
      double[] its = numbers(expected);
      assertThat(own).hasSameSizeAs(its);
      double size = Math.sqrt(Arrays.stream(its).map(x -> x * x).sum());
      for (int i = 0; i < own.length; i++) {
        assertThat(own[i]).as("%s %d", name, i).isCloseTo(its[i], within(tolerance * size));
      }
    });
  }

  private static Map<String, Object> read(String name) {
    try (InputStream file =
        PyTorchMatricesTest.class.getResourceAsStream("matrices/" + name + ".json")) {
      return JSON.std.mapFrom(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }
}
