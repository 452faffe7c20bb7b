package dev.descent.optim;

import java.util.List;
import java.util.stream.Stream;

/** A group of parameters at work: what its parameters share in a step. */
final class BoundGroup {
  private final ParameterGroup settings;
  private final UpdateKernel kernel;
  private final List<Slot> slots;
  private final List<Slot> common;
  private double learningRate;

  /**
   * A group before its first step.
   *
   * @throws IllegalArgumentException if two slots of its rule have one name
   */
  BoundGroup(ParameterGroup settings) {
    this.settings = settings;
    UpdateRule rule = settings.rule();
    kernel = UpdateKernel.of(rule);
    slots = List.copyOf(rule.slots());
    common = List.copyOf(rule.common());
    List<String> names = Stream.concat(slots.stream(), common.stream()).map(Slot::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two slots of " + rule + " have one name: " + names);
    }
  }

  /**
   * Asks the schedule for the learning rate of a step.
   *
   * @param stepsTaken how many steps the optimizer has taken
   * @throws IllegalStateException if it is not finite or negative
   */
  void start(long stepsTaken) {
    learningRate = settings.learningRate(stepsTaken);
  }

  ParameterGroup settings() {
    return settings;
  }

  UpdateRule rule() {
    return settings.rule();
  }

  UpdateKernel kernel() {
    return kernel;
  }

  List<Slot> slots() {
    return slots;
  }

  List<Slot> common() {
    return common;
  }

  /** Whether the rule can move some rows of a parameter without a look at the others. */
  boolean goesByRows() {
    return common.isEmpty() && rule().average() == null;
  }

  /** The learning rate of the step that was started. */
  double learningRate() {
    return learningRate;
  }
}
