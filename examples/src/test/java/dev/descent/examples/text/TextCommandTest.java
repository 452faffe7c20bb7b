package dev.descent.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.examples.JsonLines;
import dev.descent.examples.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCommandTest {
  private static Run small(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("text", "--epochs", "1", "--hidden", "12", "--batch-size", "512"));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void learnsMoreThanChanceInOneEpochOfFewCells() {
    Run run = small("--json", "--set", "learningRate=0.02", "--predict", "Straße", "pizza");
    List<Map<String, Object>> lines = JsonLines.of(run);

    assertThat(lines).hasSize(1 + 10 + 2 + 1);
    assertThat(lines.getFirst()).containsKeys("epoch", "trainLoss", "testAccuracy");
    assertThat(lines.get(1)).containsEntry("language", "Dutch").containsKey("readRight");
    assertThat(lines.get(11)).containsEntry("word", "strasse");
    assertThat((double) lines.get(11).get("probability"))
        .isBetween((double) lines.get(11).get("itsProbability"), 1.0);
    Map<String, Object> result = JsonLines.result(run);
    // One in ten by chance, 14 % for who always says Polish.
    assertThat((double) result.get("testAccuracy")).isGreaterThan(0.25);
    assertThat((double) result.get("naiveBayesOfLetters")).isBetween(0.42, 0.44);
    assertThat((double) result.get("naiveBayesOfPairs")).isBetween(0.66, 0.68);
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndOptionsOthers() {
    Object weights = weights();

    assertThat(weights(new String[0])).isEqualTo(weights);
    assertThat(weights("--threads", "2")).isEqualTo(weights);
    assertThat(weights("--seed", "2")).isNotEqualTo(weights);
    assertThat(weights("--dropout", "0")).isNotEqualTo(weights);
    assertThat(weights("--schedule", "constant")).isNotEqualTo(weights);
  }

  private static Object weights(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--json"));
    arguments.addAll(List.of(more));
    return JsonLines.result(small(arguments.toArray(String[]::new))).get("weightsSha256");
  }

  @Test
  void showsPeopleWhatItMisreadsAndDrawsAPicture(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("text.png");

    Run run = small("--picture", file.toString());

    assertThat(run.exitCode()).describedAs(run.err()).isZero();
    assertThat(run.out()).contains("\nmisread, for example\n").contains(" read as ");
    assertThat(run.out().lines().filter(line -> !line.startsWith("weights sha256")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1280);
  }

  @ParameterizedTest
  @CsvSource({
    "--predict, жук, --predict is жук; expected a word of Latin letters",
    "--predict, two words, --predict is two words; expected a word of Latin letters",
    "--hidden, 0, --hidden is 0; expected a whole number from 1 to 2147483647",
    "--dropout, 1, --dropout is 1; expected a number from 0 to less than 1",
  })
  void saysWhatIsExpected(String option, String value, String message) {
    Run run = Run.of("text", option, value);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("descent text: %s%n".formatted(message));
  }
}
