package dev.descent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.examples.mnist.SmallMnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What all programs that train something have in common. */
class ProgramsTest {
  private static final List<String> COMMON =
      List.of(
          "--optimizer",
          "--set",
          "--schedule",
          "--schedule-set",
          "--warmup",
          "--seed",
          "--json",
          "--threads",
          "--vector-bits",
          "--picture");

  /** The shortest thing that each of them can do. */
  private static final Map<String, String> SHORT =
      Map.of(
          "linear", "--steps 5",
          "mnist", "--data DATA --hidden 8 --epochs 1",
          "text", "--epochs 1 --hidden 4 --batch-size 2048",
          "vision", "--pictures 70 --epochs 1",
          "autoencoder", "--data DATA --hidden 8 --latent 2 --epochs 1",
          "charlm", "--steps 2 --batch-size 2 --length 1",
          "recommend", "--users 20 --items 50 --ratings 90 --epochs 2 --batch-size 16",
          "policy", "--episodes 9 --hidden 4",
          "search", "--data DATA --trials 2 --epochs 1 --final-epochs 1");

  @TempDir static Path folder;

  private static String data;

  @BeforeAll
  static void writeASmallSet() throws IOException {
    data = SmallMnist.write(folder.resolve("small")).toString();
  }

  static Stream<String> programs() {
    return Main.commandLine().getSubcommands().entrySet().stream()
        .filter(command -> option(command.getValue(), "--optimizer") != null)
        .map(Map.Entry::getKey);
  }

  private static OptionSpec option(CommandLine command, String name) {
    return command.getCommandSpec().findOption(name);
  }

  @Test
  void theseAreAllPrograms() {
    assertThat(programs()).containsExactlyInAnyOrderElementsOf(SHORT.keySet());
  }

  /** What one of them calls a seed is one for all. */
  @ParameterizedTest
  @MethodSource("programs")
  void optionsOfAllMeanTheSame(String program) {
    CommandLine main = Main.commandLine();
    for (String name : COMMON) {
      OptionSpec option = option(main.getSubcommands().get(program), name);
      assertThat(option).as(name).isNotNull();
      OptionSpec asInMnist = option(main.getSubcommands().get("mnist"), name);
      assertThat(option.paramLabel()).isEqualTo(asInMnist.paramLabel());
      assertThat(option.names()).isEqualTo(asInMnist.names());
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void optionsChangeWhatTheySay(String program) {
    Map<String, Object> usual = result(program, "");
    Map<String, Object> adadelta = result(program, "--optimizer adadelta");

    assertThat(result(program, "--threads 2 --vector-bits 128")).isEqualTo(usual);
    assertThat(result(program, "--seed 2")).isNotEqualTo(usual);
    assertThat(result(program, "--warmup 4")).isNotEqualTo(usual);
    assertThat(adadelta).isNotEqualTo(usual);
    assertThat(result(program, "--optimizer adadelta --set decay=0.5")).isNotEqualTo(adadelta);
  }

  /** The result without times. */
  private static Map<String, Object> result(String program, String options) {
    String line = "%s --json %s %s".formatted(program, SHORT.get(program), options);
    Run run = Run.of(line.strip().replace("DATA", data).split(" +"));
    Map<String, Object> result = JsonLines.result(run);
    result.keySet().removeIf(key -> key.matches("(?i).*(seconds?|faster)"));
    assertThat(result).isNotEmpty();
    return result;
  }

  /** In the order in which the help introduces them, each with a page that shows a picture. */
  @Test
  void eachHasAPage() throws IOException {
    String list = Files.readString(Path.of("../docs/programs.md"));
    assertThat(names(list, "\\(programs/(\\w+)\\.md\\)").distinct())
        .containsExactlyElementsOf(programs().toList());
    for (String program : SHORT.keySet()) {
      String page = Files.readString(Path.of("../docs/programs/%s.md".formatted(program)));
      assertThat(page).contains("./descent " + program);
      List<String> pictures = names(page, "!\\[[^]]+]\\((\\w+\\.png)\\)").toList();
      assertThat(pictures).as("pictures of " + program).isNotEmpty();
      assertThat(pictures)
          .allSatisfy(picture -> assertThat(Path.of("../docs/programs", picture)).exists());
    }
  }

  private static Stream<String> names(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(name -> name.group(1));
  }
}
