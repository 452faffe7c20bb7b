package dev.descent.optim;

import java.util.Arrays;
import java.util.List;

/**
 * Runs a rule's specification over float32 arrays: each coordinate in double, rounded once when it
 * is stored.
 */
final class SpecificationKernel implements UpdateKernel {
  private final UpdateRule rule;
  private final ThreadLocal<Cursor> cursors;

  SpecificationKernel(UpdateRule rule) {
    this.rule = rule;
    List<Slot> slots = List.copyOf(rule.slots());
    List<Slot> common = List.copyOf(rule.common());
    cursors = ThreadLocal.withInitial(() -> new Cursor(rule, slots, common));
  }

  @Override
  public void update(
      float[] parameters,
      int parameterOffset,
      float[] gradients,
      int gradientOffset,
      float[][] slots,
      int slotOffset,
      int length,
      double learningRate,
      long step,
      double... common) {
    Cursor c = cursors.get();
    // Without a parameter there are no rows and columns: whoever asks for theirs divides by zero.
    c.start(slots, common, 0, learningRate, step);
    for (int i = 0; i < length; i++) {
      c.moveTo(parameters[parameterOffset + i], gradients[gradientOffset + i], slotOffset + i);
      parameters[parameterOffset + i] = (float) (c.value + rule.delta(c));
    }
  }

  @Override
  public void update(Preparation whole, int from, int to) {
    Cursor c = cursors.get();
    float[] values = whole.values();
    float[] gradients = whole.gradients();
    c.start(
        whole.state(),
        whole.numbers(),
        Extent.columns(whole.shape()),
        whole.learningRate(),
        whole.step());
    for (int i = from; i < to; i++) {
      int at = whole.valueOffset() + i;
      c.moveTo(values[at], gradients[whole.gradientOffset() + i], i);
      values[at] = (float) (c.value + rule.delta(c));
    }
  }

  /** A coordinate that moves along the arrays. */
  static final class Cursor implements Coordinate {
    private final UpdateRule rule;
    private final Slot[] slots;
    private final Slot[] common;
    private float[][] state = {};
    private double[] numbers = {};
    private int columns;
    private double learningRate;
    private long step;
    private double value;
    private double gradient;
    private int index;

    /** The powers of this step: one power for a whole array instead of one for each coordinate. */
    private final double[] bases = new double[4];

    private final double[] powers = new double[bases.length];
    private int known;

    Cursor(UpdateRule rule, List<Slot> slots, List<Slot> common) {
      this.rule = rule;
      this.slots = slots.toArray(Slot[]::new);
      this.common = common.toArray(Slot[]::new);
    }

    /** Starts a step: the arrays of the slots, the common numbers, the parameter's columns. */
    void start(
        float[][] arrays, double[] commonNumbers, int columnCount, double rate, long number) {
      state = arrays;
      numbers = commonNumbers;
      columns = columnCount;
      learningRate = rate;
      step = number;
      known = 0;
    }

    void moveTo(double newValue, double newGradient, int newIndex) {
      value = newValue;
      gradient = newGradient;
      index = newIndex;
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
      return step;
    }

    @Override
    public double get(Slot slot) {
      int i = find(slots, slot);
      if (i >= 0) {
        return state[i][slots[i].extent().index(index, columns)];
      }
      int j = find(common, slot);
      if (j >= 0) {
        return numbers[j];
      }
      throw unlisted(slot);
    }

    @Override
    public double set(Slot slot, double next) {
      int i = find(slots, slot);
      if (i < 0) {
        throw unlisted(slot);
      }
      state[i][index] = (float) next;
      return next;
    }

    private static int find(Slot[] among, Slot slot) {
      for (int i = 0; i < among.length; i++) {
        if (among[i].name().equals(slot.name())) {
          return i;
        }
      }
      return -1;
    }

    private IllegalStateException unlisted(Slot slot) {
      return new IllegalStateException(
          "%s uses slot %s; its slots() are %s"
              .formatted(rule, slot.name(), Arrays.stream(slots).map(Slot::name).toList()));
    }

    @Override
    public double power(double base) {
      for (int i = 0; i < known; i++) {
        if (bases[i] == base) {
          return powers[i];
        }
      }
      double power = Coordinate.super.power(base);
      if (known < bases.length) {
        bases[known] = base;
        powers[known++] = power;
      }
      return power;
    }
  }
}
