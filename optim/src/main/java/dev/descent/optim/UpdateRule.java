package dev.descent.optim;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one coordinate of a parameter moves, given its gradient: SGD, Adam, or a rule of your own.
 *
 * <p>A rule is a value without state: a record of its hyperparameters. What it remembers between
 * steps is in its {@link #slots}, kept by the {@link Optimizer}. The learning rate belongs to the
 * step, not to the rule.
 *
 * <p>All that a rule must have is its {@link #delta specification}; it then works, with any
 * optimizer. A {@link #kernel} makes it fast. Moving along the sign of the gradient takes
 *
 * <pre>{@code
 * public record SignSgd() implements UpdateRule {
 *   public double delta(Coordinate c) {
 *     return -c.learningRate() * Math.signum(c.gradient());
 *   }
 * }
 * }</pre>
 */
public interface UpdateRule {
  /**
   * The state that this rule keeps for each coordinate, or each row or column; none, unless
   * overridden.
   */
  default List<Slot> slots() {
    return List.of();
  }

  /**
   * Numbers that this rule keeps for a parameter as a whole, not for each coordinate; none, unless
   * overridden. Their names differ from those of the slots.
   */
  default List<Slot> common() {
    return List.of();
  }

  /**
   * Sets the {@link #common} numbers, and the slots that coordinates share or that need the whole
   * parameter, such as a direction that is a product of matrices: called once a step for each
   * parameter, before its coordinates move. A coordinate then reads them like its own slots, and
   * sets none of them.
   */
  default void prepare(Whole whole) {}

  /**
   * Whether {@link #prepare} is about all parameters of an optimizer together: it is then called
   * once a step, its sums go over all coordinates of all of them, and the {@link #common} numbers
   * are the same ones for all. Matrices are not to be had then. False, unless overridden.
   */
  default boolean acrossParameters() {
    return false;
  }

  /**
   * The specification: one coordinate, one step, in double precision.
   *
   * @return the change of the coordinate, to be added to its value
   */
  double delta(Coordinate c);

  /**
   * The float32 loop that computes what {@link #delta} specifies, or null if there is none and the
   * specification runs instead. Called only where the Vector API is there.
   */
  default @Nullable UpdateKernel kernel() {
    return null;
  }

  /**
   * Where a coordinate should be when the model is used, for a rule that averages the places it
   * visits; null, unless overridden: where it is. See {@link Optimizer#averaged}.
   */
  default @Nullable ToDoubleFunction<Coordinate> average() {
    return null;
  }

  /** The learning rate of an optimizer that is given none; 0.001, unless overridden. */
  default double defaultLearningRate() {
    return 0.001;
  }
}
