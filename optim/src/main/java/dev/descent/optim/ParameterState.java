package dev.descent.optim;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What an optimizer remembers about one parameter, in arrays that a step works on. */
final class ParameterState {
  private final String name;
  private final Shape shape;
  private final boolean isByRows;
  private final UpdateRule rule;
  private final List<String> slotNames;
  private final List<Shape> slotShapes;
  private final List<String> commonNames;
  private final List<String> secondNames;
  private final float[][] slots;
  private final double[] common;
  private final float[][] seconds;
  private long stepsTaken;

  /**
   * The state before the first step.
   *
   * @param common the rule's numbers for the whole parameter, wrapped
   */
  ParameterState(
      String name,
      Parameter parameter,
      BoundGroup group,
      double[] common,
      List<SecondWeights> followers) {
    this.name = name;
    this.shape = parameter.shape();
    this.isByRows = parameter.isByRows();
    this.rule = group.rule();
    this.slotNames = group.slots().stream().map(Slot::name).toList();
    this.commonNames = group.common().stream().map(Slot::name).toList();
    this.secondNames = followers.stream().map(SecondWeights::toString).toList();
    this.common = common;
    slotShapes = group.slots().stream().map(slot -> slot.extent().shape(shape)).toList();
    slots = Preparation.initialState(rule, shape);
    seconds = new float[followers.size()][parameter.size()];
  }

  long stepsTaken() {
    return stepsTaken;
  }

  void countStep() {
    stepsTaken++;
  }

  /** An array for each slot, in the rule's order. */
  float[][] slots() {
    return slots;
  }

  /** An array for each stage that keeps second weights, in their order. */
  float[][] seconds() {
    return seconds;
  }

  Tensor slot(String slot) {
    int index = indexOf(slot, slotNames, "slot");
    return Tensor.of(slotShapes.get(index), slots[index].clone());
  }

  double common(String number) {
    return common[indexOf(number, commonNames, "common number")];
  }

  private int indexOf(String wanted, List<String> names, String kind) {
    int index = names.indexOf(wanted);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no %s %s; expected one of %s".formatted(rule, kind, wanted, names));
    }
    return index;
  }

  /** The rule in words that another process has for it, too. */
  private String ruleText() {
    return rule instanceof Record ? rule.toString() : rule.getClass().getName();
  }

  /**
   * A copy of all this.
   *
   * @param accumulated the gradients that are being added up, or null
   */
  OptimizerState.OfParameter save(OptimizerState.@Nullable Accumulated accumulated) {
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    for (int i = 0; i < common.length; i++) {
      numbers.put(commonNames.get(i), common[i]);
    }
    return new OptimizerState.OfParameter(
        ruleText(),
        stepsTaken,
        tensors(slotNames, slotShapes, slots),
        numbers,
        tensors(secondNames, Collections.nCopies(seconds.length, shape), seconds),
        accumulated);
  }

  private static SequencedMap<String, Tensor> tensors(
      List<String> names, List<Shape> shapes, float[][] values) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      tensors.put(names.get(i), Tensor.of(shapes.get(i), values[i].clone()));
    }
    return tensors;
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
    OptimizerState.checkNames(where, "slot", saved.slots().keySet(), slotNames);
    OptimizerState.checkNames(where, "common number", saved.common().keySet(), commonNames);
    OptimizerState.checkNames(where, "stage", saved.secondWeights().keySet(), secondNames);
    saved
        .slots()
        .forEach((slot, tensor) ->
            checkShape(where, "slot " + slot, tensor, slotShapes.get(slotNames.indexOf(slot))));
    saved.secondWeights().forEach((stage, tensor) -> checkShape(where, stage, tensor, shape));
    if (saved.accumulated() != null) {
      saved.accumulated().check(where, shape, isByRows);
    }
  }

  private static void checkShape(String where, String what, Tensor tensor, Shape expected) {
    if (!tensor.shape().equals(expected)) {
      throw new IllegalArgumentException(
          "%s has a %s of shape %s; expected %s".formatted(where, what, tensor.shape(), expected));
    }
  }

  /** Takes over a saved state that has been checked. */
  void restore(OptimizerState.OfParameter saved) {
    stepsTaken = saved.stepsTaken();
    saved.slots().forEach((slot, tensor) -> copy(tensor, slots[slotNames.indexOf(slot)]));
    saved.common().forEach((number, value) -> common[commonNames.indexOf(number)] = value);
    saved
        .secondWeights()
        .forEach((stage, tensor) -> copy(tensor, seconds[secondNames.indexOf(stage)]));
  }

  private static void copy(Tensor from, float[] to) {
    System.arraycopy(from.array(), from.offset(), to, 0, to.length);
  }
}
