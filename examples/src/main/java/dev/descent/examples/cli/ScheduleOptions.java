package dev.descent.examples.cli;

import dev.descent.optim.schedule.Schedule;
import dev.descent.optim.schedule.Schedules;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that trains: how the learning rate changes on the way. */
final class ScheduleOptions {
  private static final double ANY_RATE = 1;
  private static final long ANY_LENGTH = 1_000_000;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "How the learning rate changes: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--schedule-set",
      paramLabel = "NAME=VALUE",
      converter = NamedValue.Converter.class,
      description =
          "A setting of the schedule; may be repeated. What is left out fits the length of the"
              + " training.")
  private List<NamedValue> settings = new ArrayList<>();

  @Option(
      names = "--warmup",
      paramLabel = "STEPS",
      converter = Steps.class,
      description =
          "Let the learning rate rise from zero over so many steps before the schedule begins."
              + " Default: ${DEFAULT-VALUE}.")
  private long warmup;

  /** What suits a program, unless told otherwise: the name of a schedule. */
  ScheduleOptions(String name) {
    this.name = name;
  }

  /**
   * Checks the names, before the length of the training is known.
   *
   * @throws ParameterException if there is no such schedule or setting
   */
  void check() {
    String option = "--schedule";
    try {
      Schedules.settings(name, ANY_RATE, ANY_LENGTH);
      option = "--schedule-set";
      for (String setting : NamedValue.byName(settings).keySet()) {
        Schedules.checkSetting(name, setting);
      }
    } catch (IllegalArgumentException e) {
      throw wrong(option, e);
    }
  }

  /**
   * The schedule that follows the warm-up.
   *
   * @param learningRate the rule's
   * @param steps the length of the training
   * @throws ParameterException if there is no such schedule or setting, or a value is outside its
   *     range
   */
  Schedule schedule(double learningRate, long steps) {
    try {
      return Schedules.choose(
          name, learningRate, Math.max(1, steps - warmup), NamedValue.byName(settings));
    } catch (IllegalArgumentException e) {
      throw wrong("--schedule-set", e);
    }
  }

  /** The schedule with the warm-up before it. */
  Schedule afterWarmup(Schedule schedule) {
    return warmup == 0 ? schedule : schedule.afterWarmup(warmup);
  }

  /** A line for each schedule with its settings, for a command's help. */
  static List<String> help() {
    List<String> lines = new ArrayList<>();
    for (String schedule : Schedules.names()) {
      String names = String.join(" ", Schedules.settings(schedule, ANY_RATE, ANY_LENGTH).keySet());
      lines.add("  %-19s %s".formatted(schedule, names).stripTrailing());
    }
    return lines;
  }

  private ParameterException wrong(String option, IllegalArgumentException e) {
    return new ParameterException(command.commandLine(), option + ": " + e.getMessage(), e);
  }

  /** The names of the schedules. */
  private static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Schedules.names().iterator();
    }
  }

  /** Zero or more. */
  private static final class Steps implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return Numbers.read(text, Long::valueOf, n -> n >= 0, "a whole number >= 0");
    }
  }
}
