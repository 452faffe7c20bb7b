package dev.descent.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.descent.core.autodiff.Backward;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Convolutions and poolings and their gradients against PyTorch's, which {@code
 * src/test/python/sliding.py} has written down in float64. Sums are exact in float32, averages
 * rounded.
 */
class SlidingPyTorchTest {
  private static final double ROUNDING = 1e-6;

  private record Recorded(Shape shape, double[] values) {}

  @TestFactory
  Stream<DynamicTest> recordings() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> lines = lines();
    int at = 1;
    while (at < lines.size()) {
      String label = lines.get(at++);
      List<Recorded> recorded = new ArrayList<>();
      while (at < lines.size() && lines.get(at).matches("(y|d.) .*")) {
        recorded.add(recorded(lines.get(at++)));
      }
      tests.add(dynamicTest(label, () -> check(label.split(" "), recorded)));
    }
    assertThat(tests).hasSize(32 + 18 + 4 + 4);
    return tests.stream();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = SlidingPyTorchTest.class.getResourceAsStream("sliding.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Recorded recorded(String line) {
    String[] words = line.split(" ");
    return new Recorded(
        shape(words[1]), Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray());
  }

  private static void check(String[] words, List<Recorded> recorded) {
    Shape shape = shape(words[1]);
    List<Parameter> operands = new ArrayList<>();
    operands.add(parameter(shape, 1, words[0].equals("max-ties")));
    Op operation;
    if (words[0].equals("conv2d")) {
      int outputs = Integer.parseInt(words[2]);
      int groups = Integer.parseInt(words[3]);
      Window rows = window(words[4]);
      Window columns = window(words[5]);
      Shape weight = Shape.of(outputs, shape.length(1) / groups, rows.size(), columns.size());
      operands.add(parameter(weight, 2, false));
      operands.add(parameter(Shape.of(outputs), 3, false));
      operation =
          new Conv2d(operands.get(0), operands.get(1), operands.get(2), rows, columns, groups);
    } else {
      operation = pooling(words, operands.getFirst());
    }
    Tensor y = operation.evaluate();
    Tensor loss = y.times(parameter(y.shape(), 9, false)).sum();
    List<Tensor> actual = new ArrayList<>(List.of(y));
    actual.addAll(Backward.gradients(loss, operands, false));

    assertThat(recorded).hasSameSizeAs(actual);
    double tolerance = operation instanceof AvgPool2d ? ROUNDING : 0;
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).shape()).isEqualTo(recorded.get(i).shape());
      double[] expected = recorded.get(i).values();
      for (int element = 0; element < expected.length; element++) {
        assertThat((double) actual.get(i).toArray()[element])
            .describedAs("element %d of tensor %d", element, i)
            .isCloseTo(expected[element], within(tolerance));
      }
    }
  }

  private static Op pooling(String[] words, Tensor x) {
    return switch (words[0]) {
      case "max", "max-ties" -> new MaxPool2d(x, window(words[2]), window(words[3]));
      case "average" -> AvgPool2d.sliding(x, window(words[2]), window(words[3]));
      case "adaptive" ->
          AvgPool2d.adaptive(x, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static Shape shape(String text) {
    return Shape.of(numbers(text));
  }

  private static Window window(String text) {
    int[] n = numbers(text);
    return new Window(n[0], n[1], n[2], n[3]);
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  /** The same numbers as the script's. */
  private static Parameter parameter(Shape shape, int seed, boolean ties) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ties ? ((7 * i + seed) % 5 - 2) / 32f : ((37 * i + 11 * seed) % 101 - 50) / 32f;
    }
    return Parameter.of(shape, values);
  }
}
