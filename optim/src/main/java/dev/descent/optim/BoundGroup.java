package dev.descent.optim;

import dev.descent.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A group of parameters at work: what its parameters share in a step. */
final class BoundGroup {
  private final ParameterGroup settings;
  private final UpdateKernel kernel;
  private final List<Slot> slots;
  private final List<Slot> common;
  private final @Nullable Preparations together;
  private final List<Preparation> moving = new ArrayList<>();
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
    together = rule.acrossParameters() ? new Preparations(rule, kernel) : null;
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
    moving.clear();
  }

  /** The common numbers of a parameter of this shape, before its first step. */
  Preparation preparation(Shape shape) {
    return together == null ? new Preparation(rule(), kernel, shape) : together.add(shape);
  }

  /** A parameter takes part in the step. */
  void join(Preparation parameter) {
    moving.add(parameter);
  }

  /** Lets the rule look at the parameters that take part, before their coordinates move. */
  void prepare() {
    if (together != null) {
      together.prepare(moving);
    } else {
      for (int i = 0; i < moving.size(); i++) {
        moving.get(i).prepare();
      }
    }
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
    return common.isEmpty()
        && rule().average() == null
        && slots.stream().allMatch(slot -> slot.extent() == Extent.COORDINATES);
  }

  /** The learning rate of the step that was started. */
  double learningRate() {
    return learningRate;
  }
}
