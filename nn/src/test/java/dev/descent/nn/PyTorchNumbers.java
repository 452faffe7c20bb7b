package dev.descent.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Numbers by name that a script wrote, one name a line: {@code name: 1.5, -2}. */
public record PyTorchNumbers(Map<String, double[]> byName) {
  /** Reads a resource that is beside a class. */
  public static PyTorchNumbers beside(Class<?> test, String resource) {
    try (InputStream text = Objects.requireNonNull(test.getResourceAsStream(resource))) {
      return new PyTorchNumbers(
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split(": "))
              .collect(Collectors.toMap(line -> line[0], line -> numbers(line[1]))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(", ")).mapToDouble(Double::parseDouble).toArray();
  }

  /** Compares with a tolerance of 4e-6, relative where numbers are greater than 1. */
  public void assertIs(String name, Tensor actual) {
    assertIs(name, actual, 4e-6, 1);
  }

  /**
   * Compares a tensor with the numbers of a name.
   *
   * @param error how much may be missing, as a part of each number
   * @param least the part of the error that is allowed for the smallest numbers, too
   */
  public void assertIs(String name, Tensor actual, double error, double least) {
    double[] expected = byName.get(name);
    assertThat(expected).describedAs(name).hasSize(actual.size());
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.toArray()[i])
          .describedAs("%s, %d", name, i)
          .isCloseTo(expected[i], within(error * Math.max(least, Math.abs(expected[i]))));
    }
  }
}
