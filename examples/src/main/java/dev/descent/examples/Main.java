package dev.descent.examples;

import dev.descent.examples.autoencoder.AutoencoderCommand;
import dev.descent.examples.charlm.CharlmCommand;
import dev.descent.examples.cli.InputException;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.OutputException;
import dev.descent.examples.explain.ExplainCommand;
import dev.descent.examples.linear.LinearCommand;
import dev.descent.examples.mnist.MnistCommand;
import dev.descent.examples.policy.PolicyCommand;
import dev.descent.examples.recommend.RecommendCommand;
import dev.descent.examples.replay.ReplayCommand;
import dev.descent.examples.search.SearchCommand;
import dev.descent.examples.text.TextCommand;
import dev.descent.examples.vision.VisionCommand;
import dev.descent.nn.data.DataException;
import dev.descent.nn.train.TrainingException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code descent} command line. */
@Command(
    name = "descent",
    description = "Neural networks in pure Java: train them, and look inside the optimizers.",
    mixinStandardHelpOptions = true,
    version = "descent 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with: descent linear",
      "Tab completes commands and options after: source <(descent generate-completion)"
    })
public final class Main {
  private static final List<Class<?>> PROGRAMS =
      List.of(
          LinearCommand.class,
          MnistCommand.class,
          ExplainCommand.class,
          TextCommand.class,
          VisionCommand.class,
          AutoencoderCommand.class,
          CharlmCommand.class,
          RecommendCommand.class,
          PolicyCommand.class,
          SearchCommand.class,
          ReplayCommand.class);

  private Main() {}

  /** Runs the command line; the exit code is 0 for success, 1 for failure, 2 for wrong input. */
  public static void main(String[] arguments) {
    // Numbers look the same everywhere, whoever reads them.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(arguments));
  }

  private static int run(String... arguments) {
    try {
      return commandLine(arguments).execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.printf(
          "descent: not enough memory, Java may use %,d MB here; make the network, the batches or"
              + " the number of steps smaller, or allow more, such as JDK_JAVA_OPTIONS=-Xmx8g%n",
          Runtime.getRuntime().maxMemory() >> 20);
      return ExitCode.SOFTWARE;
    }
  }

  /**
   * The command line, for whoever wants to run it without ending the process. All of it, unless the
   * arguments begin with the name of a program: to learn what options the others have would take a
   * fifth of the time until it starts.
   *
   * @param arguments what it will be run with, or nothing
   */
  public static CommandLine commandLine(String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    List<Class<?>> named =
        PROGRAMS.stream().filter(program -> isNamed(program, arguments)).toList();
    (named.isEmpty() ? PROGRAMS : named).forEach(commandLine::addSubcommand);
    if (named.isEmpty()) {
      commandLine.addSubcommand(HelpCommand.class).addSubcommand(GenerateCompletion.class);
    }
    return commandLine
        .setOut(new PrintWriter(System.out, true, System.out.charset()))
        .setParameterExceptionHandler(Main::wrongArguments)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static boolean isNamed(Class<?> program, String... arguments) {
    return arguments.length > 0 && arguments[0].equals(program.getAnnotation(Command.class).name());
  }

  private static int wrongArguments(ParameterException e, String[] arguments) {
    say(e.getCommandLine(), problem(e));
    return ExitCode.USAGE;
  }

  private static String problem(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    if (e.getCause() instanceof Numbers.Expected expected
        && e.getArgSpec() instanceof OptionSpec option) {
      return "%s is %s; expected %s"
          .formatted(option.longestName(), e.getValue(), expected.getMessage());
    }
    if (e.getCause() instanceof IllegalArgumentException) {
      return message; // of a check that says what it expects
    }
    return switch (e) {
      case MissingParameterException missing
          when missing.getMissing().getFirst() instanceof OptionSpec option ->
          "%s has no value; expected %1$s=%s".formatted(option.longestName(), option.paramLabel());
      case OverwrittenOptionException again
          when again.getOverwritten() instanceof OptionSpec option ->
          option.longestName() + " is there twice; expected once";
      case UnmatchedArgumentException unmatched -> unknown(unmatched) + see(e);
      default -> message.replaceFirst("^Error: ", "").replaceFirst("\\.$", "") + see(e);
    };
  }

  private static String unknown(UnmatchedArgumentException e) {
    boolean commandExpected = !e.getCommandLine().getSubcommands().isEmpty();
    String kind = e.isUnknownOption() ? "option" : commandExpected ? "command" : "argument";
    String message = "unknown " + kind + " " + e.getUnmatched().getFirst();
    List<String> similar = e.getSuggestions();
    return similar.isEmpty() ? message : message + "; did you mean " + similar.getFirst() + "?";
  }

  private static String see(ParameterException e) {
    return "; see " + name(e.getCommandLine()) + " --help";
  }

  /**
   * What the user or the machine can mend is one line; anything else is a mistake of ours and shows
   * its trace.
   */
  private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    int code =
        switch (e) {
          case DataException _, InputException _ -> ExitCode.USAGE;
          case TrainingException _, OutputException _ -> ExitCode.SOFTWARE;
          default -> throw e;
        };
    say(command, String.valueOf(e.getMessage()));
    return code;
  }

  private static void say(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println(name(command) + ": " + message.replaceAll("\\s*\\R\\s*", " "));
    err.flush();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
