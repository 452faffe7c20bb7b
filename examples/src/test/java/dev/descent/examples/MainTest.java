package dev.descent.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.Schedules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpSaysWhereToStart(String argument) {
    Run run = Run.of(argument);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Usage: descent ")
        .contains("mnist", "replay")
        .contains("Start with: descent linear");
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void onlyTheProgramThatIsNamedIsLookedAt() {
    assertThat(Main.commandLine("mnist", "linear").getSubcommands()).containsOnlyKeys("mnist");
    assertThat(Main.commandLine("help", "mnist").getSubcommands())
        .containsOnlyKeys(Main.commandLine().getSubcommands().keySet())
        .containsKeys("help", "linear", "mnist", "replay", "generate-completion");
  }

  @Test
  void helpOfMnistAnswersInTheOrderOfANewcomersQuestions() {
    Run run = Run.of("mnist", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run).isEqualTo(Run.of("help", "mnist")).isEqualTo(Run.of("mnist", "-h"));
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(run.out())
        .containsSubsequence(
            "\n      --data=DIR",
            "\n      --download",
            "\n      --model=MODEL",
            "\n      --hidden=SIZES",
            "\n      --dropout=P",
            "\n      --init=INIT",
            "\n      --augment",
            "\n      --epochs=N",
            "\n      --batch-size=N",
            "\n      --until=ACCURACY",
            "\n      --save=FILE",
            "\n      --checkpoint=FILE",
            "\n      --resume=FILE",
            "\n      --stop-after=N",
            "\n      --picture=FILE",
            "\n      --optimizer=RULE",
            "\n      --set=NAME=VALUE",
            "\n      --schedule=SCHEDULE",
            "\n      --schedule-set=NAME=VALUE",
            "\n      --warmup=STEPS",
            "\n      --seed=N",
            "\n      --json",
            "\n      --threads=N",
            "\n      --vector-bits=BITS",
            "\n  -h, --help");
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("Default: mlp.")
        .contains("Default: 512, 128 for cnn, none for lstm.")
        .contains("Default: 0.5.")
        .contains("pytorch, he, glorot. Default: he.")
        .contains(String.join(", ", Rules.names()) + ". Default: adam.")
        .contains("Default: 32.")
        .contains("Default: 10.")
        .contains("Default: 1.");
  }

  /** So that nobody has to guess what {@code --set} takes. */
  @Test
  void helpOfMnistListsEveryRuleWithItsSettings() {
    String help = Run.of("mnist", "--help").out().replaceAll("\n {10,}", " ");

    for (String rule : Rules.names()) {
      assertThat(help.lines())
          .filteredOn(line -> line.startsWith("  " + rule + " "))
          .singleElement()
          .asString()
          .containsSubsequence(Rules.settings(rule).keySet());
    }
    assertThat(help)
        .containsPattern("\n  adam +learningRate=0.001 beta1=0.9 beta2=0.999 epsilon=1e-8\n")
        .containsPattern("\n  adadelta +learningRate=1 decay=0.9 epsilon=1e-6\n");
  }

  @Test
  void helpOfMnistListsEveryScheduleWithItsSettings() {
    String help = Run.of("mnist", "--help").out();

    for (String schedule : Schedules.names()) {
      String settings = String.join(" ", Schedules.settings(schedule, 1, 10).keySet());
      assertThat(help.lines()).contains("  %-19s %s".formatted(schedule, settings).stripTrailing());
    }
    assertThat(help).contains("  cosine              finalLearningRate steps\n");
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    Matcher pom =
        Pattern.compile("<artifactId>descent</artifactId>\\s*<version>(\\d+\\.\\d+\\.\\d+)")
            .matcher(Files.readString(Path.of("../pom.xml")));
    assertThat(pom.find()).isTrue();

    Run run = Run.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().strip()).isEqualTo("descent " + pom.group(1));
    assertThat(run).isEqualTo(Run.of("-V"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''        | Missing required subcommand; see descent --help
          mnis      | unknown command mnis; did you mean mnist?; see descent --help
          run       | unknown command run; see descent --help
          --verbose | unknown option --verbose; did you mean --version?; see descent --help
          --epochs  | unknown option --epochs; see descent --help
          """)
  void whatIsNoCommandIsNamed(String arguments, String message) {
    Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(run.err()).isEqualTo("descent: " + message + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Command(name = "broken")
  private static final class Broken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalArgumentException("a mistake of ours");
    }
  }

  /** Only the user's mistakes are told without a trace. */
  @Test
  void mistakesInTheProgramAreNotBlamedOnTheUser() {
    CommandLine commandLine = Main.commandLine().addSubcommand(new Broken());

    Run run = Run.of(commandLine, "broken");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("a mistake of ours").contains("\tat ").contains("Broken.call");
  }
}
