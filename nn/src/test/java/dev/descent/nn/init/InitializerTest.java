package dev.descent.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each initialiser against the formula of its paper. The fans are given apart from the shape, so
 * that mixing them up shows.
 */
class InitializerTest {
  private static final Shape SHAPE = Shape.of(400, 500);
  private static final int SIZE = SHAPE.size();

  @ParameterizedTest
  @CsvSource({
    // kind,       fan in, fan out, bound
    "pytorch,       50,     250,     0.1414213562", // 1 / sqrt(50)
    "pytorch,       1,      250,     1",
    "glorotUniform, 50,     250,     0.1414213562", // sqrt(6 / 300)
    "glorotUniform, 250,    50,      0.1414213562",
    "glorotUniform, 1,      5,       1",
    "heUniform,     50,     250,     0.3464101615", // sqrt(6 / 50)
    "heUniform,     6,      250,     1",
  })
  void uniformOnesReachTheirBoundEvenly(String kind, int fanIn, int fanOut, double bound) {
    double[] values = values(kind, fanIn, fanOut);

    // Above the bound by no more than the rounding to float; near it in 200,000 numbers.
    double greatest = Arrays.stream(values).max().orElseThrow();
    double least = Arrays.stream(values).min().orElseThrow();
    assertThat(greatest / bound).isBetween(0.9999, 1.0000001);
    assertThat(-least / bound).isBetween(0.9999, 1.0000001);
    assertThat(moment(values, 1)).isCloseTo(0, within(5 * bound / Math.sqrt(3.0 * SIZE)));
    assertThat(moment(values, 2)).isCloseTo(bound * bound / 3, within(0.01 * bound * bound));
    assertThat(moment(values, 4) / Math.pow(bound, 4)).isCloseTo(1.0 / 5, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({
    // kind,      fan in, fan out, variance
    "glorotNormal, 50,     250,     0.0066666667", // 2 / 300
    "glorotNormal, 250,    50,      0.0066666667",
    "heNormal,     50,     250,     0.04", // 2 / 50
    "heNormal,     250,    50,      0.008",
  })
  void normalOnesHaveTheirVariance(String kind, int fanIn, int fanOut, double variance) {
    double[] values = values(kind, fanIn, fanOut);

    assertThat(moment(values, 1)).isCloseTo(0, within(5 * Math.sqrt(variance / SIZE)));
    // The relative deviations of the estimates are sqrt(2 / n) and sqrt(96 / 9n).
    assertThat(moment(values, 2) / variance).isCloseTo(1, within(5 * Math.sqrt(2.0 / SIZE)));
    assertThat(moment(values, 4) / (3 * variance * variance))
        .isCloseTo(1, within(5 * Math.sqrt(96.0 / 9 / SIZE)));
  }

  @Test
  void constantIsTheSameEverywhere() {
    assertThat(
            Initializer.constant(0.25f)
                .initialize(Shape.of(2, 3), 3, 2, RandomStream.of(1, "test"))
                .toArray())
        .containsExactly(0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f);
  }

  @ParameterizedTest
  @CsvSource({"pytorch", "glorotUniform", "glorotNormal", "heUniform", "heNormal"})
  void theStreamDecides(String kind) {
    Initializer initializer = initializer(kind);
    Shape shape = Shape.of(3, 4);

    float[] values = initializer.initialize(shape, 4, 3, RandomStream.of(1, "a")).toArray();

    assertThat(initializer.initialize(shape, 4, 3, RandomStream.of(1, "a")).toArray())
        .isEqualTo(values);
    assertThat(initializer.initialize(shape, 4, 3, RandomStream.of(1, "b")).toArray())
        .isNotEqualTo(values);
  }

  private static Initializer initializer(String kind) {
    return switch (kind) {
      case "pytorch" -> Initializer.pytorch();
      case "glorotUniform" -> Initializer.glorotUniform();
      case "glorotNormal" -> Initializer.glorotNormal();
      case "heUniform" -> Initializer.heUniform();
      case "heNormal" -> Initializer.heNormal();
      default -> throw new AssertionError(kind);
    };
  }

  private static double[] values(String kind, int fanIn, int fanOut) {
    var tensor = initializer(kind).initialize(SHAPE, fanIn, fanOut, RandomStream.of(1, kind));
    assertThat(tensor.shape()).isEqualTo(SHAPE);
    double[] values = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = tensor.array()[tensor.offset() + i];
    }
    return values;
  }

  private static double moment(double[] values, int power) {
    double sum = 0;
    for (double value : values) {
      sum += Math.pow(value, power);
    }
    return sum / values.length;
  }
}
