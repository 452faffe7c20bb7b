package dev.descent.optim;

import dev.descent.core.kernel.Parallel;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A parameter with its state. Also the body of the loop over it, so that a step allocates none. */
final class BoundParameter implements Parallel.Body {
  /** Coordinates that make a part of a step worth a thread of its own: 7 microseconds of Adam. */
  private static final int GRAIN = 1 << 14;

  private final String name;
  private final Parameter parameter;
  private final Gradient gradient;
  private final BoundGroup group;
  private final double weightDecay;
  private final float[][] state;
  private final Preparation preparation;
  private float @Nullable [] current;
  private long stepsTaken;

  BoundParameter(String name, Parameter parameter, BoundGroup group) {
    this.name = name;
    this.parameter = parameter;
    this.gradient = new Gradient(name, parameter);
    this.group = group;
    this.weightDecay = group.settings().weightDecay(name);
    List<Slot> slots = group.slots();
    this.preparation = new Preparation(group.rule());
    this.state = new float[slots.size()][parameter.size()];
    for (int i = 0; i < state.length; i++) {
      Arrays.fill(state[i], (float) slots.get(i).initialValue());
    }
  }

  String name() {
    return name;
  }

  Parameter parameter() {
    return parameter;
  }

  Gradient gradient() {
    return gradient;
  }

  BoundGroup group() {
    return group;
  }

  double weightDecay() {
    return weightDecay;
  }

  long stepsTaken() {
    return stepsTaken;
  }

  /** Takes a step with the gradient that has been read; a frozen parameter does not. */
  void update() {
    if (parameter.trainable()) {
      stepsTaken++;
      decay();
      preparation.prepare(
          parameter.array(),
          parameter.offset(),
          gradient.array(),
          gradient.offset(),
          state,
          parameter.size(),
          group.learningRate(),
          stepsTaken);
      Parallel.forRange(parameter.size(), GRAIN, this);
    }
  }

  private void decay() {
    if (weightDecay > 0) {
      float[] values = parameter.array();
      double left = 1 - group.learningRate() * weightDecay;
      for (int i = parameter.offset(); i < parameter.offset() + parameter.size(); i++) {
        values[i] = (float) (values[i] * left);
      }
    }
  }

  @Override
  public void run(int from, int to) {
    group
        .kernel()
        .update(
            parameter.array(),
            parameter.offset() + from,
            gradient.array(),
            gradient.offset() + from,
            state,
            from,
            to - from,
            group.learningRate(),
            stepsTaken,
            preparation.numbers());
  }

  /** A copy of a slot's numbers. */
  Tensor state(String slot) {
    List<String> names = names(group.slots());
    if (!names.contains(slot)) {
      throw new IllegalArgumentException(
          "%s has no slot %s; expected one of %s".formatted(group.rule(), slot, names));
    }
    return Tensor.of(parameter.shape(), state[names.indexOf(slot)].clone());
  }

  private static List<String> names(List<Slot> slots) {
    return slots.stream().map(Slot::name).toList();
  }

  double common(String common) {
    List<String> names = names(group.common());
    if (!names.contains(common)) {
      throw new IllegalArgumentException(
          "%s has no common number %s; expected one of %s".formatted(group.rule(), common, names));
    }
    return preparation.numbers()[names.indexOf(common)];
  }

  /** A copy of all that is remembered. */
  OptimizerState.OfParameter save() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (Slot slot : group.slots()) {
      tensors.put(slot.name(), state(slot.name()));
    }
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    for (Slot slot : group.common()) {
      numbers.put(slot.name(), common(slot.name()));
    }
    return new OptimizerState.OfParameter(ruleText(), stepsTaken, tensors, numbers);
  }

  /** The rule in words that another process has for it, too. */
  private String ruleText() {
    UpdateRule rule = group.rule();
    return rule instanceof Record ? rule.toString() : rule.getClass().getName();
  }

  /**
   * Checks that a saved state is one of this parameter.
   *
   * @throws IllegalArgumentException if it is not, with what is wrong
   */
  void check(OptimizerState.OfParameter saved) {
    String where = "the state of " + name;
    if (!saved.rule().equals(ruleText())) {
      throw new IllegalArgumentException(
          "%s is of %s; expected %s".formatted(where, saved.rule(), ruleText()));
    }
    OptimizerState.checkNames(where, "slot", saved.slots().keySet(), names(group.slots()));
    OptimizerState.checkNames(
        where, "common number", saved.common().keySet(), names(group.common()));
    saved.slots().forEach((slot, tensor) -> {
      if (!tensor.shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            "%s has a slot %s of shape %s; expected %s"
                .formatted(where, slot, tensor.shape(), parameter.shape()));
      }
    });
  }

  /** Takes over a saved state that has been checked. */
  void restore(OptimizerState.OfParameter saved) {
    stepsTaken = saved.stepsTaken();
    List<String> slots = names(group.slots());
    saved.slots().forEach((slot, tensor) -> state[slots.indexOf(slot)] = tensor.toArray());
    List<String> common = names(group.common());
    double[] numbers = preparation.numbers();
    saved.common().forEach((of, number) -> numbers[common.indexOf(of)] = number);
  }

  /** A parameter that has not moved has no average yet. */
  void putAverages() {
    ToDoubleFunction<Coordinate> average = group.rule().average();
    if (average != null && stepsTaken > 0) {
      current = parameter.toArray();
      preparation.averages(
          average, parameter.array(), parameter.offset(), state, parameter.size(), stepsTaken);
    }
  }

  void putBack() {
    if (current != null) {
      System.arraycopy(current, 0, parameter.array(), parameter.offset(), current.length);
      current = null;
    }
  }
}
