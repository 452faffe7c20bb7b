package dev.descent.examples.cli;

import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Machine;
import dev.descent.core.tensor.Parameter;
import dev.descent.examples.report.Report;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Monitor;
import dev.descent.nn.train.Plateau;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.schedule.Constant;
import dev.descent.optim.schedule.ReduceOnPlateau;
import dev.descent.optim.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every program that trains: how it learns, on what machine, and how it tells of it. */
public final class RunOptions {
  private static final String CONSTANT = "constant";

  @Mixin private OptimizerOptions optimizer;

  @Mixin private ScheduleOptions schedule;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Numbers.Whole.class,
      description =
          "Where all chance comes from: the same seed, the same weights. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--json",
      description = "Print JSON lines for programs to read: one per row and one for the result.")
  private boolean json;

  @Mixin private MachineOptions machine = new MachineOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  @SuppressWarnings("UnusedVariable") // read by picocli
  private boolean help;

  private @Nullable Schedule rates;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** Learns with Adam at its own learning rate unless told otherwise. */
  public RunOptions() {
    optimizer = new OptimizerOptions();
    schedule = new ScheduleOptions(CONSTANT);
  }

  /**
   * Learns in a way that suits the program unless told otherwise.
   *
   * @param rule the name of an update rule
   * @param learningRate the rate that it has here unless one is set
   */
  public RunOptions(String rule, double learningRate) {
    this(rule, learningRate, CONSTANT);
  }

  /**
   * Learns in a way that suits the program unless told otherwise.
   *
   * @param rule the name of an update rule
   * @param learningRate the rate that it has here unless one is set
   * @param schedule the name of a schedule
   */
  public RunOptions(String rule, double learningRate, String schedule) {
    optimizer = new OptimizerOptions(rule, learningRate);
    this.schedule = new ScheduleOptions(schedule);
  }

  /**
   * Chooses the machine, and checks the choices before anything takes time.
   *
   * @throws ParameterException if there is no such rule, schedule or setting
   */
  public void begin() {
    machine.apply();
    optimizer.choice();
    schedule.check();
  }

  /** Where all chance comes from. */
  public long seed() {
    return seed;
  }

  /** Whether programs read the output. */
  public boolean json() {
    return json;
  }

  /** Opens the report on standard output. */
  public Report report() {
    return Report.to(command.commandLine().getOut(), json);
  }

  /** How to learn. */
  public Rules.Choice choice() {
    return optimizer.choice();
  }

  /**
   * An optimizer that moves parameters as the options say.
   *
   * @param steps the length of the training, which the schedule fits
   */
  public Optimizer optimizer(SequencedMap<String, Parameter> parameters, long steps) {
    rates = schedule.schedule(choice().learningRate(), steps);
    return optimizer.optimizer(choice(), parameters, schedule.afterWarmup(rates));
  }

  /**
   * One of several optimizers, with another rule or rate than the options say, and else as they do.
   *
   * @param steps the length of the training, which the schedule fits
   * @throws InputException if the schedule follows the loss, which only one training has
   */
  public Optimizer optimizer(
      Rules.Choice choice, SequencedMap<String, Parameter> parameters, long steps) {
    Schedule rates = schedule.schedule(choice.learningRate(), steps);
    if (rates instanceof ReduceOnPlateau.Run) {
      throw new InputException(
          "--schedule follows the loss of a training; expected one that depends on the step alone,"
              + " for trainings side by side");
    }
    return optimizer.optimizer(choice, parameters, schedule.afterWarmup(rates));
  }

  /**
   * Another rule at another rate, with the settings that the options have.
   *
   * @throws ParameterException if there is no such rule or setting, or the options set the rate
   */
  public Rules.Choice choice(String rule, double learningRate) {
    return optimizer.choice(rule, learningRate);
  }

  /**
   * Callbacks for a trainer: these, after the one that a schedule may need which follows the loss.
   * It follows the training loss: what training depends on is no test of it.
   */
  public Callback[] callbacks(Callback... others) {
    List<Callback> callbacks = new ArrayList<>();
    if (rates instanceof ReduceOnPlateau.Run plateau) {
      callbacks.add(new Plateau(plateau, Monitor.TRAINING_LOSS));
    }
    callbacks.addAll(List.of(others));
    return callbacks.toArray(Callback[]::new);
  }

  /** Tells the schedule the training loss now and then, in a program without a trainer. */
  public void observe(double loss) {
    if (rates instanceof ReduceOnPlateau.Run plateau) {
      plateau.observe(loss);
    }
  }

  /** All of these options that the weights depend on, by their names. */
  public void addTo(SequencedMap<String, String> settings, Optimizer optimizer) {
    settings.put("--optimizer", choice().rule().toString());
    this.optimizer.addTo(settings);
    settings.put("--schedule", optimizer.groups().getFirst().schedule().toString());
    settings.put("--seed", Long.toString(seed));
    settings.put("--vector-bits", Machine.usesSimd() ? "128, 256 or 512" : "0");
  }

  /** The rules and schedules with their settings, in lines for a command's help. */
  public static List<String> help() {
    List<String> lines = new ArrayList<>(List.of("", "Update rules and their settings:"));
    lines.addAll(OptimizerOptions.help());
    lines.addAll(List.of("", "Schedules and their settings:"));
    lines.addAll(ScheduleOptions.help());
    return lines;
  }

  /** Tells of the model, of how it learns and on what machine. */
  public void about(Report report, String network, Optimizer optimizer) {
    report.about("network", network);
    String rule = choice().rule().toString().replace("[]", ""); // a rule without settings
    report.about("optimizer", "%s, learning rate %s".formatted(rule, choice().learningRate()));
    Schedule schedule = optimizer.groups().getFirst().schedule();
    if (!(schedule instanceof Constant)) {
      report.about("schedule", schedule.toString());
    }
    int threads = Machine.threads();
    report.about(
        "machine",
        "%s, %d thread%s".formatted(Kernels.describe(), threads, threads == 1 ? "" : "s"));
  }
}
