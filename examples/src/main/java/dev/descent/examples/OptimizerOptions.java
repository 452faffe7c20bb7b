package dev.descent.examples;

import dev.descent.optim.rule.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every command that trains: which rule, and its hyperparameters. */
public final class OptimizerOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adam",
      description = "Update rule: sgd, momentum, nesterov, adagrad, rmsprop, adadelta or adam.")
  private String name = "adam";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A hyperparameter by its name, such as learningRate=0.001 or beta1=0.9; may be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** For picocli. */
  public OptimizerOptions() {}

  /**
   * Checks the choice, before any data are read.
   *
   * @throws IllegalArgumentException if there is no such rule or hyperparameter, or a value is
   *     outside its range
   */
  public Rules.Choice choice() {
    return Rules.choose(name, settings);
  }
}
