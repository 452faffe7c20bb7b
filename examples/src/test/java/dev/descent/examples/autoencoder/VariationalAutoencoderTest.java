package dev.descent.examples.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Pass;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class VariationalAutoencoderTest {
  private static final float[] MEANS = {1, -2};
  private static final float[] LOG_VARIANCES = {1.4f, -1.2f};

  /**
   * Whatever the image: codes around these means, with these variances, which are shown as they
   * are.
   */
  private static final VariationalAutoencoder FIXED =
      new VariationalAutoencoder(
          (input, _) -> input, linear(0, MEANS), linear(0, LOG_VARIANCES), linear(1, 0, 0));

  private static Linear linear(float diagonal, float... bias) {
    Tensor weight = Tensor.of(Shape.of(2, 2), diagonal, 0, 0, diagonal);
    return new Linear(Parameter.of(weight), Parameter.of(Tensor.of(Shape.of(2), bias)));
  }

  @Test
  void codesHaveTheirMeansAndVariances() {
    int n = 20_000;
    Tensor outputs = FIXED.forward(Tensor.ones(Shape.of(n, 2)), Pass.training(1, 0));

    assertThat(outputs.shape()).isEqualTo(Shape.of(n, 6));
    for (int i = 0; i < 2; i++) {
      Tensor codes = outputs.slice(1, i, i + 1);
      double variance = StrictMath.exp(LOG_VARIANCES[i]);
      assertThat((double) codes.mean().item())
          .isCloseTo(MEANS[i], within(4 * Math.sqrt(variance / n)));
      assertThat((double) codes.variance().item())
          .isCloseTo(variance, within(4 * variance * Math.sqrt(2.0 / n)));
    }
    assertThat(outputs.slice(0, n - 1, n).slice(1, 2, 6).toArray())
        .containsExactly(MEANS[0], MEANS[1], LOG_VARIANCES[0], LOG_VARIANCES[1]);
  }

  @Test
  void chanceIsThePasss() {
    Tensor images = Tensor.ones(Shape.of(3, 2));
    float[] outputs = FIXED.forward(images, Pass.training(1, 7)).toArray();

    assertThat(FIXED.forward(images, Pass.training(1, 7)).toArray()).isEqualTo(outputs);
    assertThat(FIXED.forward(images, Pass.training(1, 8)).toArray()).isNotEqualTo(outputs);
    assertThat(FIXED.forward(images, Pass.training(2, 7)).toArray()).isNotEqualTo(outputs);
    assertThat(FIXED.forward(images).toArray()).isEqualTo(FIXED.forward(images).toArray());
  }

  @Test
  void gradientsReachMeansAndVariancesThroughTheCode() {
    FIXED.forward(Tensor.ones(Shape.of(1, 2)), Pass.training(1, 0)).slice(1, 0, 2).sum().backward();

    assertThat(gradient(FIXED.mean())).containsExactly(1, 1);
    assertThat(gradient(FIXED.logVariance())).doesNotContain(0);
  }

  private static float[] gradient(Linear layer) {
    return Objects.requireNonNull(layer.bias().gradient()).toArray();
  }

  /** What the definition says: the integral of q log(q / p), for each number of a code. */
  @Test
  void theDivergenceIsThatOfItsDefinition() {
    double expected = 0;
    for (int i = 0; i < 2; i++) {
      double mean = MEANS[i];
      double variance = StrictMath.exp((double) LOG_VARIANCES[i]);
      expected +=
          integral(
              -20,
              20,
              x -> {
                double logQ = logNormal(x, mean, variance);
                return Math.exp(logQ) * (logQ - logNormal(x, 0, 1));
              });
    }
    Tensor outputs = FIXED.forward(Tensor.ones(Shape.of(5, 2)), Pass.training(1, 0));

    Tensor divergence = FIXED.divergence().of(outputs, outputs);

    assertThat((double) divergence.item()).isCloseTo(expected, within(1e-5));
  }

  private static double logNormal(double x, double mean, double variance) {
    return -0.5 * (Math.log(2 * Math.PI * variance) + (x - mean) * (x - mean) / variance);
  }

  /** The trapezoidal rule, exact to rounding for what vanishes at both ends. */
  private static double integral(double from, double to, DoubleUnaryOperator f) {
    int steps = 4000;
    double width = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      sum += f.applyAsDouble(from + i * width);
    }
    return sum * width;
  }

  @Test
  void theReconstructionCountsEveryPixelOfAnImage() {
    Tensor outputs = Tensor.of(Shape.of(2, 6), 1, -2, 9, 9, 9, 9, 0.5f, 3, 9, 9, 9, 9);
    Tensor images = Tensor.of(Shape.of(2, 2), 1, 0, 0.25f, 0.75f);
    double expected = bits(1, 1) + bits(-2, 0) + bits(0.5, 0.25) + bits(3, 0.75);

    Tensor reconstruction = FIXED.reconstruction().of(outputs, images);

    assertThat((double) reconstruction.item()).isCloseTo(expected / 2, within(1e-6));
  }

  /** The negative logarithm of what is said of a pixel, in nats. */
  private static double bits(double logit, double white) {
    double p = 1 / (1 + Math.exp(-logit));
    return -white * Math.log(p) - (1 - white) * Math.log(1 - p);
  }

  @Test
  void imagesOfTheLikeliestCodeAndOfNewOnes() {
    Tensor image = FIXED.reconstruct(Tensor.ones(Shape.of(1, 2)));
    float[] imagined = FIXED.imagine(1000, RandomStream.of(1, "prior")).toArray();

    assertThat(image.get(0, 0)).isCloseTo(0.7310586f, within(1e-6f)); // the sigmoid of 1
    assertThat(image.get(0, 1)).isCloseTo(0.1192029f, within(1e-6f)); // and of -2
    int above = 0;
    for (float pixel : imagined) {
      above += pixel > 0.7310586f ? 1 : 0;
    }
    // Of the standard normal distribution 15.87 % lie above 1.
    assertThat(above / 2000.0).isCloseTo(0.1587, within(0.03));
  }
}
