package dev.descent.examples.policy;

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

class PolicyCommandTest {
  private static final String SHORT = "policy --json --episodes 40 --hidden 8 ";

  private static Run run(String arguments) {
    return Run.of(arguments.split(" "));
  }

  /** Without learning an episode takes some 20 steps. */
  @Test
  void learnsToBalanceThePole() {
    List<Map<String, Object>> lines = JsonLines.of(run("policy --json"));
    Map<String, Object> result = JsonLines.result(run("policy --json"));

    assertThat(result).containsEntry("solved", true);
    assertThat((double) result.get("meanReturn")).isGreaterThanOrEqualTo(475);
    assertThat((double) result.get("testReturn")).isGreaterThanOrEqualTo(475);
    assertThat(lines.getLast()).containsEntry("result", result);
    assertThat(lines.getFirst())
        .containsOnlyKeys("episodes", "meanReturn", "latestReturn", "policyLoss", "seconds");
    assertThat((double) lines.getFirst().get("meanReturn")).isBetween(15.0, 60.0);
    assertThat(lines.get(lines.size() - 2)).containsEntry("episodes", result.get("episodes"));
  }

  @Test
  void saysIfItIsNotSolved() {
    Run run = run("policy --episodes 25 --hidden 8");

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.out())
        .contains("4-8-2, relu", "cart-pole")
        .containsPattern("\nsolved +no\nepisodes +25\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed 2",
        "--batch-size 5",
        "--discount 0.5",
        "--hidden 9",
        "--optimizer sgd",
        "--set learningRate=0.01",
        "--schedule cosine",
        "--episodes 45"
      })
  void optionsMatter(String option) {
    Object usual = JsonLines.result(run(SHORT)).get("weightsSha256");
    String arguments =
        option.startsWith("--hidden") || option.startsWith("--episodes")
            ? "policy --json "
                + option
                + (option.startsWith("--hidden") ? " --episodes 40" : " --hidden 8")
            : SHORT + option;

    assertThat(JsonLines.result(run(arguments)).get("weightsSha256")).isNotEqualTo(usual);
    assertThat(JsonLines.result(run(SHORT)).get("weightsSha256")).isEqualTo(usual);
  }

  /** Otherwise the last step would learn from more episodes than were asked for. */
  @Test
  void playsNoMoreEpisodesThanAskedFor() {
    assertThat(JsonLines.result(run("policy --json --hidden 8 --episodes 7 --batch-size 5")))
        .containsEntry("episodes", 7);
  }

  @Test
  void drawsTheLearningCurve(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("policy.png");

    Run run = run(SHORT + "--picture " + file);

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(640);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --episodes 0   | --episodes is 0; expected a whole number from 1 to 2147483647
          --discount 1.5 | --discount is 1.5; expected a number from 0 to 1
          --watch --json | --watch shows moving pictures; expected a terminal and no --json
          --watch        | --watch shows moving pictures; expected a terminal and no --json
          """)
  void wrongArgumentsAreNamed(String arguments, String message) {
    Run run = run("policy " + arguments);

    assertThat(run.err()).isEqualTo("descent policy: " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aRateThatIsTooLargeIsNamed() {
    Run run = run("policy --json --episodes 200 --set learningRate=1e38");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .matches(
            "descent policy: loss is NaN after \\d+ episodes: the learning rate is likely too"
                + " large\\R");
  }
}
