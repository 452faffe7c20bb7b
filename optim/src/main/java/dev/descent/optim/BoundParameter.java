package dev.descent.optim;

import dev.descent.core.kernel.Parallel;
import dev.descent.core.tensor.Parameter;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A parameter with its state. Also the body of the loop over it, so that a step allocates none. */
final class BoundParameter implements Parallel.Body {
  /** Coordinates that make a part of a step worth a thread of its own: 7 microseconds of Adam. */
  private static final int GRAIN = 1 << 14;

  private final String name;
  private final Parameter parameter;
  private final Gradient gradient;
  private final BoundGroup group;
  private final double weightDecay;
  private final Preparation preparation;
  private final List<SecondWeights> followers;
  private final ParameterState state;
  private float[] aside = {};
  private boolean isAway;

  BoundParameter(
      String name, Parameter parameter, BoundGroup group, List<SecondWeights> followers) {
    this.name = name;
    this.parameter = parameter;
    this.gradient = new Gradient(name, parameter);
    this.group = group;
    this.weightDecay = group.settings().weightDecay(name);
    this.preparation = group.preparation(parameter.shape());
    this.followers = followers;
    this.state = new ParameterState(name, parameter, group, preparation.numbers(), followers);
    if (gradient.isByRows() && !group.goesByRows()) {
      throw new IllegalArgumentException(
          "%s looks at all of %s, whose gradient is by rows; expected a rule without common numbers"
                  .formatted(group.rule(), name)
              + " and averages");
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

  ParameterState state() {
    return state;
  }

  /** Starts a step with the gradient that has been read; a frozen parameter does not. */
  void start() {
    if (!parameter.trainable()) {
      return;
    }
    if (state.stepsTaken() == 0) {
      for (float[] second : state.seconds()) {
        copyValues(second);
      }
    }
    state.countStep();
    decay();
    preparation.start(
        parameter.array(),
        parameter.offset(),
        gradient.array(),
        gradient.offset(),
        state.slots(),
        group.learningRate(),
        state.stepsTaken());
    group.join(preparation);
  }

  /** Takes the step that was started, when the rule has looked at the whole. */
  void move() {
    if (!parameter.trainable()) {
      return;
    }
    if (gradient.isByRows()) {
      Parallel.forRange(
          gradient.units(), Math.ceilDiv(GRAIN, Math.max(1, gradient.unitSize())), this);
      follow(0, parameter.size());
    } else {
      Parallel.forRange(parameter.size(), GRAIN, this);
    }
  }

  /** Lets second weights follow, while the values that have moved are in the nearest cache. */
  private void follow(int from, int length) {
    for (int i = 0; i < followers.size(); i++) {
      followers
          .get(i)
          .follow(
              state.stepsTaken(),
              parameter.array(),
              parameter.offset() + from,
              state.seconds()[i],
              from,
              length);
    }
  }

  private void decay() {
    if (weightDecay > 0) {
      float[] values = parameter.array();
      double left = 1 - group.learningRate() * weightDecay;
      for (int unit = 0; unit < gradient.units(); unit++) {
        int first = gradient.valueOffset(unit);
        for (int i = first; i < first + gradient.unitSize(); i++) {
          values[i] = (float) (values[i] * left);
        }
      }
    }
  }

  /** A range of coordinates, or of the rows that were used. */
  @Override
  public void run(int from, int to) {
    if (gradient.isByRows()) {
      int size = gradient.unitSize();
      for (int row = from; row < to; row++) {
        move(gradient.stateOffset(row), row * size, size);
      }
    } else {
      group.kernel().update(preparation, from, to);
      follow(from, to - from);
    }
  }

  private void move(int from, int gradientFrom, int length) {
    group
        .kernel()
        .update(
            parameter.array(),
            parameter.offset() + from,
            gradient.array(),
            gradient.offset() + gradientFrom,
            state.slots(),
            from,
            length,
            group.learningRate(),
            state.stepsTaken(),
            preparation.numbers());
  }

  /**
   * A copy of all that is remembered.
   *
   * @param accumulating whether the parameter's gradient is part of it
   */
  OptimizerState.OfParameter save(boolean accumulating) {
    return state.save(accumulating ? OptimizerState.Accumulated.of(parameter) : null);
  }

  /**
   * Goes on from a saved state that has been checked.
   *
   * @param accumulating whether the parameter's gradient is part of it
   */
  void restore(OptimizerState.OfParameter saved, boolean accumulating) {
    state.restore(saved);
    if (accumulating) {
      parameter.clearGradient();
    }
    if (saved.accumulated() != null) {
      parameter.accumulateGradient(saved.accumulated().in(parameter.shape()));
    }
  }

  /** Puts averages in the place of the values. A parameter that has not moved has none yet. */
  void putAverages() {
    if (state.stepsTaken() == 0) {
      return;
    }
    ToDoubleFunction<Coordinate> average = group.rule().average();
    if (average != null) {
      putAside();
      preparation.averages(
          average, parameter.array(), parameter.offset(), state.slots(), state.stepsTaken());
    }
    for (int i = 0; i < followers.size(); i++) {
      if (followers.get(i).isAverage()) {
        putAside();
        System.arraycopy(
            state.seconds()[i], 0, parameter.array(), parameter.offset(), parameter.size());
      }
    }
  }

  /** Puts the values plus a multiple of the gradient in the place of the values. */
  void ascend(double factor) {
    if (parameter.trainable()) {
      putAside();
      float[] values = parameter.array();
      float[] gradients = gradient.array();
      int size = gradient.unitSize();
      for (int unit = 0; unit < gradient.units(); unit++) {
        int value = gradient.valueOffset(unit);
        int at = gradient.offset() + unit * size;
        for (int i = 0; i < size; i++) {
          values[value + i] = (float) (values[value + i] + factor * gradients[at + i]);
        }
      }
    }
  }

  private void putAside() {
    if (aside.length < parameter.size()) {
      aside = new float[parameter.size()];
    }
    copyValues(aside);
    isAway = true;
  }

  private void copyValues(float[] to) {
    System.arraycopy(parameter.array(), parameter.offset(), to, 0, parameter.size());
  }

  /** Puts the values back, if others are in their place. */
  void putBack() {
    if (isAway) {
      System.arraycopy(aside, 0, parameter.array(), parameter.offset(), parameter.size());
      isAway = false;
    }
  }
}
