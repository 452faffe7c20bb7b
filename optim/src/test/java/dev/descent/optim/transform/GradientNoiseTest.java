package dev.descent.optim.transform;

import static dev.descent.optim.law.Precision.setGradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GradientNoiseTest {
  private static final int N = 20_000;

  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();

  private Optimizer optimizer(GradientNoise noise, String... names) {
    parameters.clear();
    for (String name : names) {
      Parameter parameter = Parameter.of(Shape.of(N), new float[N]);
      setGradient(parameter, new float[N]);
      parameters.put(name, parameter);
    }
    return new Optimizer(parameters, new Sgd(), noise);
  }

  private static float[] noise(Optimizer optimizer, String name) {
    Tensor gradient = optimizer.gradients().get(name);
    return gradient.toArray();
  }

  private static double variance(float[] noise) {
    double squares = 0;
    for (float x : noise) {
      squares += (double) x * x;
    }
    return squares / noise.length;
  }

  /** The estimate of a variance from n numbers has a deviation of sqrt(2 / n): 1 % here. */
  @Test
  void theVarianceFallsWithTheStep() {
    Optimizer optimizer = optimizer(new GradientNoise(0.3, 0.55, 1), "p");
    for (int step = 1; step <= 20; step++) {
      float[] noise = noise(optimizer, "p");
      assertThat(variance(noise) / (0.3 / Math.pow(step, 0.55))).isCloseTo(1, within(0.05));
      double mean = 0;
      for (float x : noise) {
        mean += x / N;
      }
      assertThat(mean).isCloseTo(0, within(5 * Math.sqrt(0.3 / N)));
      optimizer.step();
    }
  }

  @Test
  void itIsAddedToTheGradient() {
    Optimizer optimizer = optimizer(new GradientNoise(0.3, 1), "p");
    float[] noise = noise(optimizer, "p");
    float[] gradient = new float[N];
    gradient[7] = 100;
    setGradient(parameters.get("p"), gradient);
    float[] noisy = noise(optimizer, "p");
    assertThat(noisy[7]).isCloseTo(100 + noise[7], within(1e-5f));
    assertThat(noisy[8]).isEqualTo(noise[8]);
  }

  /** So a run that is resumed goes on as it would have. */
  @Test
  @Tag("widths")
  void itDependsOnSeedNameAndStepAlone() {
    GradientNoise noise = new GradientNoise(1, 0, 5);
    float[] first = noise(optimizer(noise, "a", "b"), "b");
    assertThat(noise(optimizer(noise, "b"), "b")).isEqualTo(first);
    assertThat(noise(optimizer(noise, "a", "b"), "a")).isNotEqualTo(first);
    assertThat(noise(optimizer(new GradientNoise(1, 0, 6), "b"), "b")).isNotEqualTo(first);
    Optimizer later = optimizer(noise, "b");
    later.step();
    assertThat(noise(later, "b")).isNotEqualTo(first);
    assertThat(List.of(first[0], first[1])).isEqualTo(List.of(0.70255464f, 0.5595865f));
  }

  @Test
  void rangesAreChecked() {
    assertThat(new GradientNoise(1, 2)).isEqualTo(new GradientNoise(1, 0.55, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientNoise(-1, 0, 0))
        .withMessage("variance is -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientNoise(1, -1, 0))
        .withMessage("decay is -1.0; expected a finite number >= 0");
  }
}
