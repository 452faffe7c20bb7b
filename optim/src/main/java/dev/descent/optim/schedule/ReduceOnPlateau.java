package dev.descent.optim.schedule;

import dev.descent.optim.setting.Check;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A learning rate that falls when training makes no progress: as soon as a measured number has not
 * improved for more than {@code patience} measurements in a row.
 *
 * <pre>
 * better = loss &lt; best - threshold |best|
 * best = loss, bad = 0            if better
 * bad = bad + 1                   otherwise; bad = 0 while cooling down
 * lr = max(factor lr, minimum), bad = 0, then cooldown measurements of rest      if bad &gt; patience
 * </pre>
 *
 * <p><b>Source.</b> Common practice. In PyTorch this is {@code ReduceLROnPlateau} with its relative
 * threshold; its {@code eps}, below which a change of the rate is left out, is not there.
 *
 * <p><b>It has a state.</b> All other schedules are functions of the step; this one depends on what
 * was measured, so no step can be asked for in advance. The record holds the settings alone. {@link
 * #start} gives a {@link Run}, which is the schedule for an optimizer and is told each measurement;
 * its {@link State} is a value that can be kept with the weights, and {@link #resume} goes on from
 * it exactly. {@link dev.descent.optim.Optimizer#state} has it among the rest:
 *
 * <pre>{@code
 * ReduceOnPlateau.Run plateau = new ReduceOnPlateau(0.1).start();
 * Optimizer optimizer = new Optimizer(model.parameters(), new Sgd(), plateau);
 * // after each epoch
 * plateau.observe(validationLoss);
 * }</pre>
 *
 * <p>Less is better. A number of which more is better, such as an accuracy, is observed with a
 * minus. NaN counts as no progress.
 *
 * @param learningRate the learning rate at first; finite, zero or greater
 * @param factor what it is multiplied by, {@code 0 <= factor <= 1}
 * @param patience how many measurements in a row may be no better; 0 or more
 * @param threshold which part of the best a better one must be below it, {@code 0 <= threshold <=
 *     1}
 * @param cooldown for how many measurements after a reduction none counts as bad; 0 or more
 * @param minimum where the learning rate stops to fall, {@code 0 <= minimum <= learningRate}
 */
public record ReduceOnPlateau(
    double learningRate,
    double factor,
    long patience,
    double threshold,
    long cooldown,
    double minimum) {
  /** Checks the ranges. */
  public ReduceOnPlateau {
    Check.notNegative("learningRate", learningRate);
    Check.share("factor", factor);
    Check.stepsOrNone("patience", patience);
    Check.share("threshold", threshold);
    Check.stepsOrNone("cooldown", cooldown);
    Check.atMost("minimum", minimum, "learningRate", learningRate);
  }

  /** PyTorch's: a tenth after 10 measurements without progress of a ten-thousandth. */
  public ReduceOnPlateau(double learningRate) {
    this(learningRate, 0.1, 10, 1e-4, 0, 0);
  }

  /**
   * What has been learned from the measurements so far.
   *
   * @param learningRate the learning rate now
   * @param best the least number measured, or infinity
   * @param bad how many measurements in a row were no better
   * @param coolingDown for how many more measurements none counts as bad
   */
  public record State(double learningRate, double best, long bad, long coolingDown) {
    /** Checks the ranges. */
    public State {
      Check.notNegative("learningRate", learningRate);
      Check.check(!Double.isNaN(best), "best", best, "a number");
      Check.stepsOrNone("bad", bad);
      Check.stepsOrNone("coolingDown", coolingDown);
    }
  }

  /** A schedule for one training run. */
  public Run start() {
    return resume(new State(learningRate, Double.POSITIVE_INFINITY, 0, 0));
  }

  /** A schedule that goes on where another one was. */
  public Run resume(State state) {
    return new Run(state);
  }

  /** What follows from a state and a measurement. */
  private State after(State state, double loss) {
    boolean better =
        state.best == Double.POSITIVE_INFINITY
            ? loss < state.best
            : loss < state.best - threshold * Math.abs(state.best);
    double best = better ? loss : state.best;
    long bad = better || state.coolingDown > 0 ? 0 : state.bad + 1;
    if (bad <= patience) {
      return new State(state.learningRate, best, bad, Math.max(0, state.coolingDown - 1));
    }
    double reduced = Math.max(factor * state.learningRate, minimum);
    return new State(Math.min(reduced, state.learningRate), best, 0, cooldown);
  }

  /** The schedule of one training run: its learning rate follows what it is told. */
  public final class Run implements Schedule {
    private State state;

    private Run(State state) {
      this.state = state;
    }

    /**
     * Takes note of a measurement: once an epoch, or whenever the loss is measured.
     *
     * @param loss the less the better; NaN is no progress
     */
    public void observe(double loss) {
      state = after(state, loss);
    }

    /** What to keep, for {@link ReduceOnPlateau#resume}. */
    public State state() {
      return state;
    }

    /** The {@link #state}, by the names of its components. */
    @Override
    public SequencedMap<String, Double> learned() {
      SequencedMap<String, Double> learned = new LinkedHashMap<>();
      learned.put("learningRate", state.learningRate);
      learned.put("best", state.best);
      learned.put("bad", (double) state.bad);
      learned.put("coolingDown", (double) state.coolingDown);
      return learned;
    }

    @Override
    public void resume(SequencedMap<String, Double> learned) {
      Check.check(
          learned.keySet().equals(learned().keySet()),
          "what was learned",
          learned,
          "%s, for %s".formatted(learned().keySet(), this));
      state =
          new State(
              learned.getOrDefault("learningRate", Double.NaN),
              learned.getOrDefault("best", Double.NaN),
              Math.round(learned.getOrDefault("bad", Double.NaN)),
              Math.round(learned.getOrDefault("coolingDown", Double.NaN)));
    }

    /** The settings. */
    public ReduceOnPlateau settings() {
      return ReduceOnPlateau.this;
    }

    /** The learning rate now; which step it is does not matter. */
    @Override
    public double learningRate(long stepsTaken) {
      return state.learningRate;
    }

    @Override
    public String toString() {
      return ReduceOnPlateau.this.toString();
    }
  }
}
