package dev.descent.examples.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearCommandTest {
  /** The worked example of any textbook: y = 1, 3, 2, 5 at x = 0, 1, 2, 3, by hand. */
  @Test
  void leastSquaresInClosedForm() {
    Points.Line line =
        new Points(List.of(0.0, 1.0, 2.0, 3.0), List.of(1.0, 3.0, 2.0, 5.0)).leastSquares();

    // xx = 5, xy = 5.5, what is left = 8.75 - 6.05 = 2.7, variance = 1.35
    assertThat(line.slope()).isEqualTo(1.1);
    assertThat(line.intercept()).isCloseTo(1.1, within(1e-15));
    assertThat(line.slopeError()).isCloseTo(Math.sqrt(1.35 / 5), within(1e-15));
    assertThat(line.interceptError()).isCloseTo(Math.sqrt(1.35 * (0.25 + 2.25 / 5)), within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--seed 1", "--seed 2", "--seed 3", "--optimizer rmsprop"})
  void everyWayEndsNearLeastSquares(String options) {
    Run run = Run.of(("linear --json " + options).split(" "));

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    List<Map<String, Object>> fits =
        JsonLines.of(run).stream().filter(line -> line.containsKey("fit")).toList();
    assertThat(fits).hasSize(4);
    assertThat(fits)
        .allSatisfy(fit ->
            assertThat(fit)
                .extractingByKey("standardErrorsApart")
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isLessThan(2));
  }

  @Test
  void theLibrarysSgdIsWhatIsWrittenByHand() {
    List<Map<String, Object>> lines = JsonLines.of(Run.of("linear", "--json", "--steps", "10"));

    for (Map<String, Object> line : lines.subList(0, 10)) {
      assertThat((double) line.get("sgd")).isCloseTo((double) line.get("by hand"), within(1e-5));
    }
    assertThat((double) lines.get(9).get("sgd")).isLessThan((double) lines.get(0).get("sgd") / 10);
  }

  @Test
  void drawsLossesAndLines(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("linear.png");

    Run run = Run.of("linear", "--picture", file.toString());

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(1280);
    assertThat(picture.getHeight()).isEqualTo(420);
    assertThat(
            IntStream.range(0, 1280 * 420)
                .map(i -> picture.getRGB(i % 1280, i / 1280))
                .distinct()
                .count())
        .as("colours")
        .isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"line.jpg", "line"})
  void picturesArePng(String name) {
    Run run = Run.of("linear", "--picture", name);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "descent linear: --picture is %s; expected a file name that ends in .png%n"
                .formatted(name));
  }

  @Test
  void aRateThatIsTooLargeIsNamed() {
    Run run = Run.of("linear", "--optimizer", "sgd", "--set", "learningRate=100");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .matches("descent linear: loss of your sgd is .* the learning rate is likely too large\\R");
  }
}
