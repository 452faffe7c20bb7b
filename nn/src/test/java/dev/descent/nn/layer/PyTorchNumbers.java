package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers that a script has written down, each line a name, a colon, and the elements. */
final class PyTorchNumbers {
  private final Map<String, double[]> expected;

  PyTorchNumbers(String resource) {
    try (InputStream text = PyTorchNumbers.class.getResourceAsStream(resource)) {
      expected =
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split(": "))
              .collect(
                  Collectors.toMap(
                      line -> line[0],
                      line ->
                          Arrays.stream(line[1].split(", "))
                              .mapToDouble(Double::parseDouble)
                              .toArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Compares with a tolerance of 4e-6, relative where numbers are greater than 1. */
  void assertIs(String name, Tensor actual) {
    double[] numbers = expected.get(name);
    assertThat(numbers).describedAs(name).hasSize(actual.size());
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) actual.toArray()[i])
          .describedAs("%s, %d", name, i)
          .isCloseTo(numbers[i], within(4e-6 * Math.max(1, Math.abs(numbers[i]))));
    }
  }
}
