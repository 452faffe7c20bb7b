package dev.descent.examples.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendCommandTest {
  private static final String SMALL =
      "recommend --json --users 300 --items 3000 --ratings 9000 --factors 4 --batch-size 50"
          + " --epochs 2 ";

  private static Run run(String arguments) {
    return Run.of(arguments.split(" "));
  }

  /** Noise and rounding alone make an error of 0.58: the root of 0.5^2 + 1/12. */
  @Test
  void factorsSayMoreThanMeans() {
    Map<String, Object> result =
        JsonLines.result(
            run(
                "recommend --json --users 500 --items 1000 --ratings 50000 --factors 4"
                    + " --epochs 6"));

    assertThat((double) result.get("testError"))
        .isLessThan((double) result.get("errorOfMeans") - 0.1)
        .isGreaterThan(0.55);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--optimizer adagrad", "--schedule cosine"})
  void rowsComeToTheSameAsTables(String options) {
    List<Map<String, Object>> lines = JsonLines.of(run(SMALL + options));

    assertThat(lines).hasSize(6);
    for (int epoch = 0; epoch < 2; epoch++) {
      Map<String, Object> rows = lines.get(epoch);
      Map<String, Object> tables = lines.get(epoch + 2);
      assertThat(rows).containsEntry("gradients", "rows").containsEntry("epoch", epoch + 1);
      assertThat(tables).containsEntry("gradients", "tables").containsEntry("epoch", epoch + 1);
      assertThat(rows.get("trainLoss")).isEqualTo(tables.get("trainLoss"));
      assertThat(rows.get("testError")).isEqualTo(tables.get("testError"));
    }
    assertThat(lines.get(4))
        .containsEntry("steps", 324)
        .containsEntry("withTheSameLoss", 324)
        .containsEntry("sameWeights", true);
    assertThat((double) lines.get(1).get("trainLoss"))
        .isLessThan((double) lines.get(0).get("trainLoss"));
  }

  @Test
  void saysWhereRowsAreLazy() {
    Run run = run(SMALL.replace("--json ", "") + "--optimizer adam");

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.out()).containsPattern("\n +324 +\\d{1,2} +no\n").contains("called lazy");
    assertThat(run(SMALL.replace("--json ", "")).out())
        .contains("yes, bit for bit")
        .doesNotContain("lazy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed 2",
        "--optimizer adagrad",
        "--set learningRate=1",
        "--schedule cosine",
        "--weight-decay 0.1"
      })
  void optionsMatter(String option) {
    Object usual = JsonLines.result(run(SMALL)).get("weightsSha256");

    assertThat(JsonLines.result(run(SMALL)).get("weightsSha256")).isEqualTo(usual);
    assertThat(JsonLines.result(run(SMALL + option)).get("weightsSha256")).isNotEqualTo(usual);
  }

  @Test
  void drawsBothWaysOverTime(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recommend.png");

    Run run = run(SMALL + "--picture " + file);

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(640);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --users 10 --items 100 --ratings 101 | --ratings is 101; expected 10 to 100, a tenth of all pairs of 10 users and 100 items
          --ratings 9 | --ratings is 9; expected 10 to 20000000, a tenth of all pairs of 2,000 users and 100,000 items
          --items 16777217 | 2,000 users and 16,777,217 items; expected at most 16,777,216 of each
          --items 0 | --items is 0; expected a whole number from 1 to 2147483647
          """)
  void wrongArgumentsAreNamed(String arguments, String message) {
    Run run = run("recommend " + arguments);

    assertThat(run.err()).isEqualTo("descent recommend: " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aRuleThatLooksAtWholeTablesIsRefused() {
    Run run = run(SMALL + "--optimizer lamb");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("descent recommend: --optimizer: Lamb").hasLineCount(1);
  }

  @Test
  void aRateThatIsTooLargeIsNamed() {
    Run run = run(SMALL + "--set learningRate=1e6");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .matches(
            "descent recommend: loss is \\w+ at step \\d+: the learning rate is likely too"
                + " large\\R");
  }
}
