package dev.descent.examples.explain;

import dev.descent.examples.cli.NamedValue;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.OutputException;
import dev.descent.examples.cli.Terminal;
import dev.descent.optim.dialect.Dialect;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Rules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a rule is. */
@Command(
    name = "explain",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Tell what an update rule is: its formula and where it comes from, what each setting does,"
            + " how libraries differ, and its first steps with every number named.")
public final class ExplainCommand implements Callable<Integer> {
  /** With a zero and turns, since that is where rules differ. */
  private static final double[] SAMPLE = {1, 0.5, -1, 0, 2};

  @Parameters(
      paramLabel = "RULE",
      completionCandidates = RuleNames.class,
      description = "The rule: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String rule;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      completionCandidates = DialectNames.class,
      description =
          "Whose formula and defaults: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String dialectName = Dialect.PYTORCH.name();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      converter = NamedValue.Converter.class,
      description = "A setting of the rule; may be repeated.")
  private List<NamedValue> settings = new ArrayList<>();

  @ArgGroup private @Nullable Steps steps;

  /** Which steps to show. */
  static final class Steps {
    @Option(
        names = "--gradients",
        paramLabel = "G,G,...",
        converter = Gradients.Converter.class,
        description = "Take a step with each of these gradients.")
    @Nullable Gradients gradients;

    @Option(
        names = "--steps",
        paramLabel = "N",
        converter = Numbers.Count.class,
        description =
            "Take N steps with the gradients 1, 0.5, -1, 0, 2, again and again. Default: 5.")
    @Nullable Integer count;
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** For picocli. */
  public ExplainCommand() {}

  /** Called by picocli. */
  @Spec
  void command(CommandSpec spec) {
    command = spec;
    spec.usageMessage()
        .footer(
            "",
            "Examples:",
            "  descent explain adam",
            "  descent explain rmsprop --dialect KERAS --steps 10",
            "  descent explain momentum --set momentum=0.5 --gradients 0.1,-0.2,0");
  }

  @Override
  public Integer call() {
    Explanation explanation = explanation();
    PrintWriter out = command.commandLine().getOut();
    explanation.lines(gradients()).forEach(out::println);
    OutputException.check(out);
    return 0;
  }

  private Explanation explanation() {
    String where = "RULE";
    try {
      Rules.settings(rule);
      where = "--dialect";
      Dialect dialect = Dialect.of(dialectName);
      Dialects.settings(dialect, rule);
      where = "--set";
      Rules.Choice choice = Dialects.choose(dialect, rule, NamedValue.byName(settings));
      return new Explanation(dialect, choice, Terminal.columns());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), where + ": " + e.getMessage(), e);
    }
  }

  private double[] gradients() {
    if (steps != null && steps.gradients != null) {
      return steps.gradients.values();
    }
    double[] gradients = new double[steps == null || steps.count == null ? 5 : steps.count];
    for (int t = 0; t < gradients.length; t++) {
      gradients[t] = SAMPLE[t % SAMPLE.length];
    }
    return gradients;
  }

  private static final class RuleNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Rules.names().iterator();
    }
  }

  private static final class DialectNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Dialect.values()).map(Dialect::name).iterator();
    }
  }

  /** Not an array, which picocli would fill option by option. */
  record Gradients(double... values) {
    private static final class Converter implements ITypeConverter<Gradients> {
      @Override
      public Gradients convert(String text) {
        return new Gradients(Numbers.finite(text));
      }
    }
  }
}
