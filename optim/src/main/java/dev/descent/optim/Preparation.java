package dev.descent.optim;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A parameter as a whole over float32 arrays, and its common numbers: what has to happen before
 * {@link UpdateKernel#update}. Nothing happens for rules without common numbers.
 */
public final class Preparation implements Whole {
  /** Partial sums, so that an addition need not wait for the one before; part of the result. */
  private static final int PARTS = 8;

  private final UpdateRule rule;
  private final List<Slot> common;
  private final SpecificationKernel.Cursor cursor;
  private final double[] numbers;
  private float[] values = {};
  private int valueOffset;
  private float[] gradients = {};
  private int gradientOffset;
  private float[][] state = {};
  private int length;
  private double learningRate;
  private long step;

  /** Common numbers as they are before the first step. */
  public Preparation(UpdateRule rule) {
    this.rule = rule;
    common = List.copyOf(rule.common());
    cursor = new SpecificationKernel.Cursor(rule, List.copyOf(rule.slots()), common);
    numbers = common.stream().mapToDouble(Slot::initialValue).toArray();
  }

  /** The common numbers, in the order of {@link UpdateRule#common}; this very array. */
  public double[] numbers() {
    return numbers;
  }

  /**
   * Lets the rule set its common numbers for a step.
   *
   * @param parameters the values, from {@code parameterOffset} on
   * @param parameterOffset the index of the first value
   * @param gradientArray the gradients, from {@code gradientArrayOffset} on
   * @param gradientArrayOffset the index of the first gradient
   * @param slots an array for each of {@link UpdateRule#slots}, in their order
   * @param size how many coordinates the whole parameter has
   * @param rate the learning rate; finite, zero or greater
   * @param number which step of this parameter it is: 1 for the first
   */
  public void prepare(
      float[] parameters,
      int parameterOffset,
      float[] gradientArray,
      int gradientArrayOffset,
      float[][] slots,
      int size,
      double rate,
      long number) {
    if (numbers.length == 0) {
      return;
    }
    values = parameters;
    valueOffset = parameterOffset;
    gradients = gradientArray;
    gradientOffset = gradientArrayOffset;
    state = slots;
    length = size;
    learningRate = rate;
    step = number;
    rule.prepare(this);
  }

  /** Replaces values by their averages. */
  void averages(
      ToDoubleFunction<Coordinate> average,
      float[] parameters,
      int parameterOffset,
      float[][] slots,
      int size,
      long number) {
    cursor.start(slots, numbers, 0, number);
    for (int i = 0; i < size; i++) {
      cursor.moveTo(parameters[parameterOffset + i], 0, i);
      parameters[parameterOffset + i] = (float) average.applyAsDouble(cursor);
    }
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public double get(Slot slot) {
    return numbers[index(slot)];
  }

  @Override
  public double set(Slot slot, double value) {
    return numbers[index(slot)] = value;
  }

  private int index(Slot slot) {
    for (int i = 0; i < numbers.length; i++) {
      if (common.get(i).name().equals(slot.name())) {
        return i;
      }
    }
    throw new IllegalStateException(
        "%s uses the common number %s; its common() are %s"
            .formatted(rule, slot.name(), common.stream().map(Slot::name).toList()));
  }

  @Override
  public double sum(ToDoubleFunction<Coordinate> term) {
    double[] parts = new double[PARTS];
    cursor.start(state, numbers, learningRate, step);
    for (int i = 0; i < length; i++) {
      cursor.moveTo(values[valueOffset + i], gradients[gradientOffset + i], i);
      parts[i % PARTS] += term.applyAsDouble(cursor);
    }
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  @Override
  public double squaredGradients() {
    return Squares.sum(gradients, gradientOffset, length);
  }

  @Override
  public double squaredValues() {
    return Squares.sum(values, valueOffset, length);
  }
}
