package dev.descent.optim;

import dev.descent.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A parameter as a whole over float32 arrays, its common numbers, and what has to happen before
 * {@link UpdateKernel#update}. Kernels that do this by themselves find the arrays here, and room to
 * compute in that stays from step to step.
 */
public final class Preparation implements Whole {
  /** Partial sums, so that an addition need not wait for the one before; part of the result. */
  private static final int PARTS = 8;

  private final UpdateRule rule;
  private final UpdateKernel kernel;
  private final Shape shape;
  private final List<Slot> slots;
  private final List<Slot> common;
  private final SpecificationKernel.Cursor cursor;
  private final double[] numbers;
  private final double[] parts = new double[PARTS];
  private final List<float[]> rooms = new ArrayList<>();
  private double[] columnSums = {};
  private float[] values = {};
  private int valueOffset;
  private float[] gradients = {};
  private int gradientOffset;
  private float[][] state = {};
  private double learningRate;
  private long step;

  /**
   * Common numbers as they are before the first step.
   *
   * @param kernel what will run the rule
   * @param shape the parameter's shape
   */
  public Preparation(UpdateRule rule, UpdateKernel kernel, Shape shape) {
    this(rule, kernel, shape, initial(rule));
  }

  /** With common numbers that other parameters have too. */
  Preparation(UpdateRule rule, UpdateKernel kernel, Shape shape, double[] numbers) {
    this.rule = rule;
    this.kernel = kernel;
    this.shape = shape;
    this.numbers = numbers;
    slots = List.copyOf(rule.slots());
    common = List.copyOf(rule.common());
    cursor = new SpecificationKernel.Cursor(rule, slots, common);
  }

  /** A rule's common numbers before the first step. */
  static double[] initial(UpdateRule rule) {
    return rule.common().stream().mapToDouble(Slot::initialValue).toArray();
  }

  /** A rule's state for a parameter of this shape, before the first step. */
  static float[][] initialState(UpdateRule rule, Shape shape) {
    List<Slot> slots = rule.slots();
    float[][] state = new float[slots.size()][];
    for (int i = 0; i < state.length; i++) {
      state[i] = new float[slots.get(i).extent().shape(shape).size()];
      Arrays.fill(state[i], (float) slots.get(i).initialValue());
    }
    return state;
  }

  /** The rule that is prepared. */
  public UpdateRule rule() {
    return rule;
  }

  /** The common numbers, in the order of {@link UpdateRule#common}; this very array. */
  public double[] numbers() {
    return numbers;
  }

  /** The array with the parameter's values, from {@link #valueOffset} on. */
  public float[] values() {
    return values;
  }

  /** The index of the first value. */
  public int valueOffset() {
    return valueOffset;
  }

  /** The array with the gradients, from {@link #gradientOffset} on; to be read only. */
  public float[] gradients() {
    return gradients;
  }

  /** The index of the first gradient. */
  public int gradientOffset() {
    return gradientOffset;
  }

  /** An array for each of {@link UpdateRule#slots}, in their order. */
  public float[][] state() {
    return state;
  }

  /**
   * Room to compute in; what was left there may be gone.
   *
   * @param place which room; 0 for the first
   * @param size the same at each step
   */
  public float[] room(int place, int size) {
    if (place >= rooms.size()) {
      rooms.add(new float[size]);
    }
    return rooms.get(place);
  }

  /** The same for sums of one number for each column. */
  public double[] columnSums() {
    if (columnSums.length == 0) {
      columnSums = new double[Extent.columns(shape)];
    }
    Arrays.fill(columnSums, 0);
    return columnSums;
  }

  /**
   * Starts a step.
   *
   * @param parameters the values, from {@code parameterOffset} on
   * @param parameterOffset the index of the first value
   * @param gradientArray the gradients, from {@code gradientArrayOffset} on
   * @param gradientArrayOffset the index of the first gradient
   * @param slotArrays an array for each of {@link UpdateRule#slots}, in their order
   * @param rate the learning rate; finite, zero or greater
   * @param number which step of this parameter it is: 1 for the first
   */
  public void start(
      float[] parameters,
      int parameterOffset,
      float[] gradientArray,
      int gradientArrayOffset,
      float[][] slotArrays,
      double rate,
      long number) {
    values = parameters;
    valueOffset = parameterOffset;
    gradients = gradientArray;
    gradientOffset = gradientArrayOffset;
    state = slotArrays;
    learningRate = rate;
    step = number;
  }

  /** Lets the kernel, or the rule, set the common numbers of the step that was started. */
  public void prepare() {
    kernel.prepare(this);
  }

  /** Replaces values by their averages. */
  void averages(
      ToDoubleFunction<Coordinate> average,
      float[] parameters,
      int parameterOffset,
      float[][] slotArrays,
      long number) {
    cursor.start(slotArrays, numbers, Extent.columns(shape), 0, number);
    for (int i = 0; i < shape.size(); i++) {
      cursor.moveTo(parameters[parameterOffset + i], 0, i);
      parameters[parameterOffset + i] = (float) average.applyAsDouble(cursor);
    }
  }

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
    return step;
  }

  @Override
  public double get(Slot slot) {
    return numbers[index(common, slot, "common number")];
  }

  @Override
  public double set(Slot slot, double value) {
    return numbers[index(common, slot, "common number")] = value;
  }

  private int index(List<Slot> among, Slot slot, String kind) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).name().equals(slot.name())) {
        return i;
      }
    }
    throw new IllegalStateException(
        "%s uses the %s %s; expected one of %s"
            .formatted(rule, kind, slot.name(), among.stream().map(Slot::name).toList()));
  }

  @Override
  public double sum(ToDoubleFunction<Coordinate> term) {
    Arrays.fill(parts, 0);
    cursor.start(state, numbers, Extent.columns(shape), learningRate, step);
    for (int i = 0; i < shape.size(); i++) {
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
  public DoubleMatrix matrix(ToDoubleFunction<Coordinate> term) {
    double[] numbers = new double[shape.size()];
    cursor.start(state, this.numbers, Extent.columns(shape), learningRate, step);
    for (int i = 0; i < numbers.length; i++) {
      cursor.moveTo(values[valueOffset + i], gradients[gradientOffset + i], i);
      numbers[i] = term.applyAsDouble(cursor);
    }
    return Extent.COORDINATES.matrix(shape, numbers);
  }

  @Override
  public DoubleMatrix matrix(Slot slot) {
    float[] floats = state[index(slots, slot, "slot")];
    double[] numbers = new double[floats.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = floats[i];
    }
    return slot.extent().matrix(shape, numbers);
  }

  @Override
  public DoubleMatrix set(Slot slot, DoubleMatrix numbers) {
    float[] floats = state[index(slots, slot, "slot")];
    double[] doubles = slot.extent().checked(shape, numbers).toArray();
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return numbers;
  }

  @Override
  public double squaredGradients() {
    return Squares.sum(gradients, gradientOffset, shape.size());
  }

  @Override
  public double squaredValues() {
    return Squares.sum(values, valueOffset, shape.size());
  }
}
