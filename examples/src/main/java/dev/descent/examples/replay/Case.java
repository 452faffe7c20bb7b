package dev.descent.examples.replay;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.Slot;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.study.FloatReplay;
import dev.descent.optim.study.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What to replay.
 *
 * @param choice the rule and its learning rate
 * @param shape of the parameter that the numbers are
 * @param params the parameters before the first step
 * @param gradients {@code [step][parameter]}
 */
record Case(Rules.Choice choice, Shape shape, double[] params, double[][] gradients) {
  /** Takes all steps. */
  Result run(Precision precision) {
    return switch (precision) {
      case DOUBLE -> {
        Replay replay = new Replay(choice.rule(), shape, params);
        yield run(
            g -> replay.step(choice.learningRate(), g),
            replay::values,
            replay::state,
            replay::common);
      }
      case FLOAT -> {
        FloatReplay replay = new FloatReplay(choice.rule(), shape, params);
        yield run(
            g -> replay.step(choice.learningRate(), g),
            replay::values,
            replay::state,
            replay::common);
      }
    };
  }

  private Result run(
      Consumer<double[]> step,
      Supplier<double[]> values,
      Function<Slot, double[]> stateOf,
      ToDoubleFunction<Slot> common) {
    List<double[]> trajectory = new ArrayList<>();
    for (double[] gradient : gradients) {
      step.accept(gradient);
      trajectory.add(values.get());
    }
    Map<String, double[]> state = new LinkedHashMap<>();
    for (Slot slot : choice.rule().slots()) {
      state.put(slot.name(), stateOf.apply(slot));
    }
    for (Slot slot : choice.rule().common()) {
      state.put(slot.name(), new double[] {common.applyAsDouble(slot)});
    }
    return new Result(trajectory, state);
  }

  /**
   * What came of it.
   *
   * @param params the parameters after each step
   * @param state by slot, after the last step: one for each parameter, or for each row or column;
   *     of a number that all share, just one
   */
  record Result(List<double[]> params, Map<String, double[]> state) {}
}
