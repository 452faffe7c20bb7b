package dev.descent.examples.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import dev.descent.examples.mnist.SmallMnist;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderCommandTest {
  /** What an image costs when every pixel is as likely white as black. */
  private static final double NOTHING_KNOWN = 784 * Math.log(2);

  @TempDir static Path folder;

  private static String data;

  @BeforeAll
  static void writeASmallSet() throws IOException {
    data = SmallMnist.write(folder.resolve("small")).toString();
  }

  private static Run train(String... options) {
    return Run.of(
        Stream.concat(
                Stream.of("autoencoder", "--json", "--data", data, "--hidden", "32"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private static Object weights(String... options) {
    return JsonLines.result(train(options)).get("weightsSha256");
  }

  @Test
  void learnsToCompressDigits() {
    Run run = train("--epochs", "8", "--batch-size", "20", "--set", "learningRate=0.003");

    List<Map<String, Object>> lines = JsonLines.of(run);
    Map<String, Object> result = JsonLines.result(run);
    assertThat(lines).hasSize(9);
    assertThat((double) lines.getFirst().get("trainLoss")).isLessThan(NOTHING_KNOWN);
    assertThat((double) result.get("testLoss")).isBetween(100.0, 230.0);
    assertThat((double) result.get("testDivergence")).isBetween(1.0, 40.0);
    for (String of : List.of("train", "test")) {
      assertThat((double) result.get(of + "Loss"))
          .isCloseTo(
              (double) result.get(of + "Reconstruction") + (double) result.get(of + "Divergence"),
              within(1e-9));
    }
    assertThat(lines.get(7).get("testLoss")).isEqualTo(result.get("testLoss"));
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndEveryOptionMatters() {
    Object weights = weights("--epochs", "1");

    assertThat(weights("--epochs", "1")).isEqualTo(weights);
    for (String other : List.of("--seed 2", "--latent 5", "--batch-size 50", "--optimizer sgd")) {
      assertThat(weights(("--epochs 1 " + other).split(" "))).as(other).isNotEqualTo(weights);
    }
  }

  @Test
  void drawsDigitsReconstructionsAndNewOnes() throws Exception {
    Path file = folder.resolve("digits.png");

    Run run = train("--epochs", "1", "--picture", file.toString());

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(2 * (10 * 60 + 4));
    assertThat(picture.getHeight()).isEqualTo(6 * 60 + 4);
    assertThat(brightest(picture, 0)).as("a digit").isEqualTo(255);
    assertThat(brightest(picture, 60)).as("its reconstruction").isBetween(1, 254);
    assertThat(brightest(picture, 604)).as("a new one").isBetween(1, 254);
  }

  /** The brightest pixel of the image whose left edge is here: in the first row, or the second. */
  private static int brightest(BufferedImage picture, int place) {
    int left = place == 604 ? 604 : 0;
    int top = place == 60 ? 60 : 0;
    int brightest = 0;
    for (int y = 4; y < 60; y++) {
      for (int x = 4; x < 60; x++) {
        brightest = Math.max(brightest, picture.getRGB(left + x, top + y) & 0xFF);
      }
    }
    return brightest;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --latent 0    | --latent is 0; expected a whole number from 1 to 2147483647
          --hidden many | --hidden is many; expected a whole number from 1 to 2147483647
          --epochs 0    | --epochs is 0; expected a whole number from 1 to 2147483647
          --data nobody | nobody: no such directory; expected one with the four MNIST files, train-images-idx3-ubyte and the others
          """)
  void wrongInput(String options, String message) {
    Run run = Run.of(("autoencoder " + options).split(" "));

    assertThat(run.err()).isEqualTo("descent autoencoder: " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum"})
  void aRateThatIsTooLargeIsNamed(String rule) {
    Run run = train("--epochs", "2", "--optimizer", rule, "--set", "learningRate=100");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).matches("descent autoencoder: .* is likely too large\\R");
  }
}
