package dev.descent.examples.charlm;

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

class CharlmCommandTest {
  private static Run small(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("charlm", "--steps", "4", "--batch-size", "2", "--length", "30"));
    arguments.addAll(List.of(more));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Test
  void learnsAndWrites() {
    Run run = small("--json", "--prompt", "Ahab", "--set", "learningRate=0.005");
    List<Map<String, Object>> lines = JsonLines.of(run);

    assertThat(lines).hasSize(4 + 1 + 1);
    assertThat((double) lines.get(3).get("testSampleBits"))
        .isLessThan((double) lines.get(0).get("testSampleBits"));
    assertThat((String) lines.get(4).get("text")).startsWith("Ahab").hasSize(34);
    Map<String, Object> result = JsonLines.result(run);
    // Before anything is learned it takes more than log2 81 = 6.34 bits.
    assertThat((double) result.get("testBitsPerCharacter")).isBetween(4.0, 6.0);
    assertThat((double) result.get("threeGrams")).isBetween(2.83, 2.84);
    assertThat((double) result.get("fiveGrams")).isBetween(2.15, 2.16);
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndOptionsOthers(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("charlm.png");
    Object weights = weights("--picture", file.toString());

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(640);
    assertThat(weights("--threads", "2", "--temperature", "0")).isEqualTo(weights);
    assertThat(weights("--seed", "2")).isNotEqualTo(weights);
    assertThat(weights("--batch-size", "3")).isNotEqualTo(weights);
  }

  private static Object weights(String... more) {
    List<String> arguments = new ArrayList<>(List.of("charlm", "--steps", "2", "--json"));
    arguments.addAll(List.of("--length", "1"));
    if (!List.of(more).contains("--batch-size")) {
      arguments.addAll(List.of("--batch-size", "2"));
    }
    arguments.addAll(List.of(more));
    return JsonLines.result(Run.of(arguments.toArray(String[]::new))).get("weightsSha256");
  }

  @ParameterizedTest
  @CsvSource({
    "--prompt, 'кит', '--prompt has the character к; expected those of the novel: '",
    "--prompt, '', --prompt is empty; expected at least one character",
    "--temperature, -1, --temperature is -1; expected a finite number >= 0",
    "--steps, 0, --steps is 0; expected a whole number from 1 to 2147483647",
  })
  void saysWhatIsExpected(String option, String value, String message) {
    Run run = Run.of("charlm", option, value);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("descent charlm: " + message).hasLineCount(1);
  }

  @Test
  void aRateThatIsTooLargeIsNamed() {
    Run run = small("--set", "learningRate=1e30");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .matches("descent charlm: loss is .* at step \\d: the learning rate .* too large\\R");
  }
}
