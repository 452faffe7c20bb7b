package dev.descent.examples.charlm;

import dev.descent.core.random.RandomStream;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.Terminal;
import dev.descent.examples.cli.Text;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of what a model is to write. */
final class WritingOptions {
  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "What the text to be written begins with. Default: ${DEFAULT-VALUE}.")
  private String prompt = "The whale ";

  @Option(
      names = "--length",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many characters to write. Default: ${DEFAULT-VALUE}.")
  private int length = 500;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      converter = Numbers.NotNegative.class,
      description =
          "How bold to write: 0 for the likeliest character each time, 1 for each as often as the"
              + " model thinks. Default: ${DEFAULT-VALUE}.")
  private double temperature = 0.8;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** For picocli. */
  WritingOptions() {}

  /**
   * Checks the prompt, before anything takes time.
   *
   * @throws ParameterException if it is empty, or has a character that the novel has not
   */
  void check(Novel novel) {
    if (prompt.isEmpty()) {
      throw wrong("--prompt is empty; expected at least one character");
    }
    for (int i = 0; i < prompt.length(); i++) {
      char character = prompt.charAt(i);
      if (novel.alphabet().indexOf(character) < 0) {
        throw wrong(
            "--prompt has the character %s; expected those of the novel: %s"
                .formatted(character, novel.alphabet().strip()));
      }
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(
        command.commandLine(), message, new IllegalArgumentException(message));
  }

  /** The prompt, and what a model makes of it. */
  String write(CharacterModel model, Novel novel, long seed) {
    RandomStream random = RandomStream.of(seed, "writing");
    return new Author(model, novel, temperature, random).write(prompt, length);
  }

  /** A text in lines that fit the terminal, after an empty one. */
  static List<String> lines(String text) {
    return Stream.concat(Stream.of(""), text.lines())
        .flatMap(line -> Text.wrap(line, Terminal.columns(), "  ", "  ").stream())
        .map(String::stripTrailing)
        .toList();
  }
}
