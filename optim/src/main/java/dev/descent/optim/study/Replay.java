package dev.descent.optim.study;

import dev.descent.core.tensor.Shape;
import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/**
 * A rule's specification run on given gradients, with parameters and state in double precision:
 * what the rule does, without a network and without rounding to float32.
 */
public final class Replay {
  private final UpdateRule rule;
  private final Shape shape;
  private final List<Point> points = new ArrayList<>();
  private final Map<String, double[]> state = new LinkedHashMap<>();
  private final Map<String, Double> common = new LinkedHashMap<>();
  private double learningRate;
  private long stepsTaken;

  /**
   * A run of a vector that starts at these values, with fresh state.
   *
   * @param start the values before the first step; copied
   */
  public Replay(UpdateRule rule, double... start) {
    this(rule, Shape.of(start.length), start);
  }

  /**
   * A run of a parameter of this shape, with fresh state.
   *
   * @param start the values before the first step; copied
   * @throws IllegalArgumentException if there are not as many values as the shape has elements
   */
  public Replay(UpdateRule rule, Shape shape, double... start) {
    if (start.length != shape.size()) {
      throw new IllegalArgumentException(
          "%d values for shape %s; expected %d".formatted(start.length, shape, shape.size()));
    }
    this.rule = rule;
    this.shape = shape;
    for (Slot slot : rule.slots()) {
      double[] numbers = new double[slot.extent().shape(shape).size()];
      Arrays.fill(numbers, slot.initialValue());
      state.put(slot.name(), numbers);
    }
    for (Slot slot : rule.common()) {
      common.put(slot.name(), slot.initialValue());
    }
    for (double value : start) {
      points.add(new Point(points.size(), value));
    }
  }

  /**
   * Takes one step.
   *
   * @param learningRate the learning rate of this step
   * @param gradients the gradient of each coordinate
   * @return the change of each coordinate, before it was added
   * @throws IllegalArgumentException if there are not as many gradients as coordinates
   */
  public double[] step(double learningRate, double... gradients) {
    if (gradients.length != points.size()) {
      throw new IllegalArgumentException(
          "%d gradients at step %d; expected %d, one for each coordinate"
              .formatted(gradients.length, stepsTaken + 1, points.size()));
    }
    this.learningRate = learningRate;
    stepsTaken++;
    for (int i = 0; i < gradients.length; i++) {
      points.get(i).gradient = gradients[i];
    }
    rule.prepare(new All());
    return points.stream().mapToDouble(Point::move).toArray();
  }

  /** The rule that runs. */
  public UpdateRule rule() {
    return rule;
  }

  /** How many steps have been taken. */
  public long stepsTaken() {
    return stepsTaken;
  }

  /** The value of each coordinate. */
  public double[] values() {
    return points.stream().mapToDouble(point -> point.value).toArray();
  }

  /** The slot's value for each coordinate, or whatever else it has numbers for. */
  public double[] state(Slot slot) {
    return find(state, slot).clone();
  }

  /** A number that the coordinates share. */
  public double common(Slot slot) {
    return find(common, slot);
  }

  /** The values that evaluation should use: averages, if the rule keeps some. */
  public double[] averages() {
    ToDoubleFunction<Coordinate> average = rule.average();
    return average == null || stepsTaken == 0
        ? values()
        : points.stream().mapToDouble(average).toArray();
  }

  private <T> T find(Map<String, T> among, Slot slot) {
    T found = among.get(slot.name());
    if (found == null) {
      throw new IllegalArgumentException(
          "%s has no slot %s; expected one of %s".formatted(rule, slot.name(), among.keySet()));
    }
    return found;
  }

  /** What the rule named during the last step for one coordinate, in its order. */
  public SequencedMap<String, Double> notes(int coordinate) {
    return Collections.unmodifiableSequencedMap(points.get(coordinate).notes);
  }

  private final class Point implements Coordinate {
    private final int index;
    private final SequencedMap<String, Double> notes = new LinkedHashMap<>();
    private double value;
    private double gradient;

    Point(int index, double start) {
      this.index = index;
      value = start;
    }

    double move() {
      notes.clear();
      double delta = rule.delta(this);
      value += delta;
      return delta;
    }

    @Override
    public double gradient() {
      return gradient;
    }

    @Override
    public double value() {
      return value;
    }

    @Override
    public double learningRate() {
      return learningRate;
    }

    @Override
    public long step() {
      return stepsTaken;
    }

    @Override
    public double get(Slot slot) {
      return common.containsKey(slot.name())
          ? common(slot)
          : find(state, slot)[slot.extent().index(index, Extent.columns(shape))];
    }

    @Override
    public double set(Slot slot, double next) {
      find(state, slot)[index] = next;
      return next;
    }

    @Override
    public double note(String name, double number) {
      notes.put(name, number);
      return number;
    }
  }

  private final class All implements Whole {
    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public double learningRate() {
      return learningRate;
    }

    @Override
    public long step() {
      return stepsTaken;
    }

    @Override
    public double get(Slot slot) {
      return common(slot);
    }

    @Override
    public double set(Slot slot, double value) {
      common(slot);
      common.put(slot.name(), value);
      return value;
    }

    @Override
    public double sum(ToDoubleFunction<Coordinate> term) {
      return points.stream().mapToDouble(term).reduce(0, Double::sum);
    }

    @Override
    public DoubleMatrix matrix(ToDoubleFunction<Coordinate> term) {
      return Extent.COORDINATES.matrix(shape, points.stream().mapToDouble(term).toArray());
    }

    @Override
    public DoubleMatrix matrix(Slot slot) {
      return slot.extent().matrix(shape, find(state, slot));
    }

    @Override
    public DoubleMatrix set(Slot slot, DoubleMatrix numbers) {
      find(state, slot);
      state.put(slot.name(), slot.extent().checked(shape, numbers).toArray());
      return numbers;
    }
  }
}
