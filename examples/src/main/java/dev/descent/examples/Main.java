package dev.descent.examples;

import dev.descent.examples.mnist.MnistCommand;
import dev.descent.nn.data.DataException;
import dev.descent.nn.train.TrainingException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code descent} command line. */
@Command(
    name = "descent",
    description = "Neural networks in pure Java: train them, and look inside the optimizers.",
    subcommands = {MnistCommand.class, HelpCommand.class},
    mixinStandardHelpOptions = true,
    version = "descent 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Start with: descent mnist"})
public final class Main {
  private Main() {}

  /** Runs the command line; the exit code is 0 for success, 1 for failure, 2 for wrong input. */
  public static void main(String[] arguments) {
    // Numbers look the same everywhere, whoever reads them.
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, for whoever wants to run it without ending the process. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::wrongArguments)
        .setExecutionExceptionHandler(Main::failed);
  }

  private static int wrongArguments(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    say(command, e.getMessage() + "; see " + name(command) + " --help");
    return ExitCode.USAGE;
  }

  /** Mistakes in the input are one line; anything else is a mistake of ours and shows its trace. */
  private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    int code =
        switch (e) {
          case DataException _, IllegalArgumentException _ -> ExitCode.USAGE;
          case TrainingException _ -> ExitCode.SOFTWARE;
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
