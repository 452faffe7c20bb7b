package dev.descent.optim.schedule;

import dev.descent.optim.setting.Check;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/**
 * The learning rate as a function of how far training is.
 *
 * <p>Schedules are values: records whose learning rate is a closed form of the step, so that any
 * step can be asked for, in any order, and a resumed run continues exactly. The one exception is
 * {@link ReduceOnPlateau}. {@link Schedules} lists them by name. One of your own may be a lambda:
 *
 * <pre>{@code
 * Schedule schedule = stepsTaken -> 0.1 / (1 + stepsTaken / 1000);
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {
  /**
   * The learning rate of the step that follows.
   *
   * @param stepsTaken how many steps lie behind: 0 before the first
   * @return a finite number, zero or greater
   */
  double learningRate(long stepsTaken);

  /**
   * What this schedule has learned so far, as numbers with names; nothing, unless overridden: the
   * learning rate is a function of the step. See {@link ReduceOnPlateau}.
   */
  default SequencedMap<String, Double> learned() {
    return Collections.emptySortedMap();
  }

  /**
   * Goes on from what another schedule of these settings had learned.
   *
   * @param learned as {@link #learned} gave it
   * @throws IllegalArgumentException if it is not what this schedule learns; nothing has changed
   *     then
   */
  default void resume(SequencedMap<String, Double> learned) {
    Check.check(learned.isEmpty(), "what was learned", learned, "nothing, for " + this);
  }

  /**
   * The same learning rate for every step.
   *
   * @throws IllegalArgumentException if it is not finite, or negative
   */
  static Schedule constant(double learningRate) {
    return new Constant(learningRate);
  }

  /**
   * This schedule for some steps, then another one, which counts its steps from 0 again.
   *
   * @param steps how long this schedule lasts; 0 or more
   */
  default Schedule then(long steps, Schedule next) {
    return new Sequential(List.of(this, next), List.of(steps));
  }

  /**
   * This schedule times another one, both at the same step.
   *
   * @param factor a schedule of factors, such as {@code new LinearWarmup(1, 0, 100)}
   */
  default Schedule times(Schedule factor) {
    return new Chained(List.of(this, factor));
  }

  /**
   * This schedule after a linear warm-up from zero to its first learning rate. It begins when the
   * warm-up is over: step 0 of this schedule is then step number {@code steps}.
   *
   * @param steps how long the warm-up takes; 1 or more
   */
  default Schedule afterWarmup(long steps) {
    return new LinearWarmup(learningRate(0), 0, steps).then(steps, this);
  }
}
