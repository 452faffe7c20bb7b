package dev.descent.examples.cli;

import dev.descent.core.tensor.Parameter;
import dev.descent.optim.Mask;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.Stage;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.transform.ClipByGlobalNorm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that trains: which rule, its settings, and what happens around it. */
final class OptimizerOptions {
  private static final int HELP_COLUMNS = 80;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--optimizer",
      paramLabel = "RULE",
      completionCandidates = Names.class,
      description = "Update rule: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      converter = NamedValue.Converter.class,
      description =
          "A setting of the rule, such as learningRate=0.01; may be repeated. 'descent explain"
              + " NAME' tells which there are.")
  private List<NamedValue> settings = new ArrayList<>();

  @Option(
      names = "--weight-decay",
      paramLabel = "PART",
      converter = Numbers.NotNegative.class,
      description =
          "At each step take this part, times the learning rate, from each weight but biases; with"
              + " any rule, besides a decay of its own. Default: 0.")
  private double weightDecay;

  @Option(
      names = "--clip-norm",
      paramLabel = "NORM",
      converter = Numbers.Positive.class,
      description =
          "Make gradients shorter that are longer than this, those of all weights together.")
  private @Nullable Double clipNorm;

  private final String usualName;
  private final @Nullable Double usualLearningRate;

  /** Adam with its own learning rate unless told otherwise. */
  OptimizerOptions() {
    this("adam", null);
  }

  /**
   * What suits a program, unless told otherwise.
   *
   * @param name the name of a rule
   * @param learningRate the rate of that rule unless one is set; null for its own
   */
  OptimizerOptions(String name, @Nullable Double learningRate) {
    this.name = name;
    usualName = name;
    usualLearningRate = learningRate;
  }

  /**
   * Checks the choice, before any data are read.
   *
   * @throws ParameterException if there is no such rule or setting, or a value is outside its range
   */
  Rules.Choice choice() {
    return choice("--optimizer", name, name.equals(usualName) ? usualLearningRate : null);
  }

  /**
   * The choice of another rule, with the settings and this learning rate.
   *
   * @throws ParameterException also if the settings have a learning rate
   */
  Rules.Choice choice(String rule, double learningRate) {
    if (settings.stream().anyMatch(setting -> setting.name().equals(Rules.LEARNING_RATE))) {
      throw new ParameterException(
          command.commandLine(),
          "--set: learningRate is what is searched for; expected another setting",
          new IllegalArgumentException());
    }
    return choice("--rules", rule, learningRate);
  }

  private Rules.Choice choice(String optionOfRule, String rule, @Nullable Double usualRate) {
    String option = optionOfRule;
    try {
      Rules.settings(rule);
      option = "--set";
      Map<String, String> values = NamedValue.byName(settings);
      if (usualRate != null) {
        values.putIfAbsent(Rules.LEARNING_RATE, usualRate.toString());
      }
      return Rules.choose(rule, values);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  /** An optimizer that moves parameters by a rule, with what these options put around it. */
  Optimizer optimizer(
      Rules.Choice choice, SequencedMap<String, Parameter> parameters, Schedule schedule) {
    ParameterGroup group = new ParameterGroup(parameters, choice.rule(), schedule);
    Stage[] stages = clipNorm == null ? new Stage[0] : new Stage[] {new ClipByGlobalNorm(clipNorm)};
    return new Optimizer(List.of(group.withWeightDecay(weightDecay, Mask.MATRICES)), stages);
  }

  /** What the weights depend on besides the rule, by the names of the options. */
  void addTo(SequencedMap<String, String> values) {
    values.put("--weight-decay", Double.toString(weightDecay));
    values.put("--clip-norm", clipNorm == null ? "not set" : clipNorm.toString());
  }

  /** The rules with the defaults of their settings, in lines for a command's help. */
  static List<String> help() {
    List<String> lines = new ArrayList<>();
    int width = Rules.names().stream().mapToInt(String::length).max().orElseThrow();
    for (String rule : Rules.names()) {
      String defaults =
          Rules.settings(rule).entrySet().stream()
              .map(setting -> setting.getKey() + "=" + Numbers.shortly(setting.getValue()))
              .collect(Collectors.joining(" "));
      String name = "  " + rule + " ".repeat(width - rule.length() + 1);
      lines.addAll(Text.wrap(defaults, HELP_COLUMNS, name, " ".repeat(name.length())));
    }
    return lines;
  }

  /** The names of the rules. */
  private static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Rules.names().iterator();
    }
  }
}
