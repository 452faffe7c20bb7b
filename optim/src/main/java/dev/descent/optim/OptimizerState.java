package dev.descent.optim;

import dev.descent.core.autodiff.Op;
import dev.descent.core.op.Reshape;
import dev.descent.core.op.ScatterAddRows;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.RowGradient;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * All that an {@link Optimizer} remembers, as a value: with the parameters' values, what a training
 * run needs to go on exactly where it was.
 *
 * <pre>{@code
 * OptimizerState state = optimizer.state();
 * // another process, the same model with the same weights, an optimizer made alike
 * optimizer.restore(state);
 * }</pre>
 *
 * <p>It holds numbers with names: longs, doubles, and float32 tensors in the shapes of their
 * parameters. Nothing is shared with the optimizer, and every bit is kept, those of -0, of
 * subnormal numbers and of NaN included. Rules and stages are there as text: they are not restored
 * but compared. Schedules are not there, since they are functions of the step; what the exceptions
 * have learned is.
 *
 * @param stepsTaken how many steps have been taken
 * @param stepsSkipped how many steps a stage has skipped
 * @param skippedInARow how many of them since a step was taken
 * @param accumulated how many gradients have been added up for the next step
 * @param schedules what the groups' schedules have learned: {@link
 *     dev.descent.optim.schedule.Learned}
 * @param parameters the state of each parameter by the parameter's name
 */
public record OptimizerState(
    long stepsTaken,
    long stepsSkipped,
    long skippedInARow,
    int accumulated,
    SequencedMap<String, Double> schedules,
    SequencedMap<String, OfParameter> parameters) {
  /**
   * Checks the counts and copies the maps.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public OptimizerState {
    Check.stepsOrNone("stepsTaken", stepsTaken);
    Check.stepsOrNone("stepsSkipped", stepsSkipped);
    Check.stepsOrNone("skippedInARow", skippedInARow);
    Check.stepsOrNone("accumulated", accumulated);
    schedules = copy(schedules);
    parameters = copy(parameters);
  }

  /**
   * What is remembered about one parameter.
   *
   * @param rule the rule that it follows, with its settings
   * @param stepsTaken how many steps the parameter has taken
   * @param slots the rule's number for each coordinate, by the slot's name
   * @param common the rule's numbers for the parameter as a whole, by their names
   * @param secondWeights what stages keep, such as averages, by the stage with its settings
   * @param accumulated the sum of the gradients that will make up the next step; null if none has
   *     been counted
   */
  public record OfParameter(
      String rule,
      long stepsTaken,
      SequencedMap<String, Tensor> slots,
      SequencedMap<String, Double> common,
      SequencedMap<String, Tensor> secondWeights,
      @Nullable Accumulated accumulated) {
    /**
     * Checks the count and copies the maps.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    public OfParameter {
      Check.stepsOrNone("stepsTaken", stepsTaken);
      slots = copy(slots);
      common = copy(common);
      secondWeights = copy(secondWeights);
    }
  }

  /**
   * The sum of the gradients that will make up a step.
   *
   * @param sum in the parameter's shape, or its used rows {@code [rows, ...]}
   * @param rows which rows those are; null for a sum of all rows
   */
  public record Accumulated(Tensor sum, @Nullable Indices rows) {
    /** A copy of a parameter's gradient; null if it has none. */
    static @Nullable Accumulated of(Parameter parameter) {
      RowGradient some = parameter.rowGradient();
      if (some != null) {
        return new Accumulated(some.values(), some.rows());
      }
      Tensor all = parameter.gradient();
      return all == null ? null : new Accumulated(Tensor.of(all.shape(), all.toArray()), null);
    }

    /** The sum as a contribution to the gradient of a parameter of this shape. */
    Op in(Shape shape) {
      return rows == null ? new Reshape(sum, shape) : new ScatterAddRows(sum, rows, shape);
    }

    void check(String where, Shape shape, boolean isByRows) {
      Shape expected = rows == null ? shape : shape.with(0, rows.length());
      if (isByRows != (rows != null) || !sum.shape().equals(expected)) {
        throw new IllegalArgumentException(
            "%s has a gradient of shape %s, %s; expected one of shape %s, %s"
                .formatted(where, sum.shape(), kind(rows != null), shape, kind(isByRows)));
      }
      in(shape);
    }

    private static String kind(boolean isByRows) {
      return isByRows ? "by rows" : "of all rows";
    }
  }

  private static <T> SequencedMap<String, T> copy(SequencedMap<String, T> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /**
   * Compares names, whatever their order.
   *
   * @param where what the names are in, such as {@code the state of 0.weight}
   * @param kind what is named, such as {@code slot}
   * @throws IllegalArgumentException if one is missing, or there is another one
   */
  static void checkNames(
      String where, String kind, Collection<String> given, Collection<String> expected) {
    for (String name : expected) {
      if (!given.contains(name)) {
        throw new IllegalArgumentException(
            "%s has no %s %s; expected %s".formatted(where, kind, name, expected));
      }
    }
    for (String name : given) {
      if (!expected.contains(name)) {
        throw new IllegalArgumentException(
            "%s has a %s %s; expected %s".formatted(where, kind, name, expected));
      }
    }
  }
}
