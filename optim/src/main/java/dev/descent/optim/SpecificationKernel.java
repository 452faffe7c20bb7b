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
    cursors = ThreadLocal.withInitial(() -> new Cursor(rule, slots));
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
      long step) {
    Cursor c = cursors.get();
    c.start(slots, learningRate, step);
    for (int i = 0; i < length; i++) {
      c.value = parameters[parameterOffset + i];
      c.gradient = gradients[gradientOffset + i];
      c.index = slotOffset + i;
      parameters[parameterOffset + i] = (float) (c.value + rule.delta(c));
    }
  }

  /** A coordinate that moves along the arrays. */
  private static final class Cursor implements Coordinate {
    private final UpdateRule rule;
    private final Slot[] slots;
    private float[][] state = {};
    private double learningRate;
    private long step;
    private double value;
    private double gradient;
    private int index;

    /** The powers of this step: one power for a whole array instead of one for each coordinate. */
    private final double[] bases = new double[4];

    private final double[] powers = new double[bases.length];
    private int known;

    Cursor(UpdateRule rule, List<Slot> slots) {
      this.rule = rule;
      this.slots = slots.toArray(Slot[]::new);
    }

    void start(float[][] arrays, double rate, long number) {
      state = arrays;
      learningRate = rate;
      step = number;
      known = 0;
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
      return array(slot)[index];
    }

    @Override
    public double set(Slot slot, double next) {
      array(slot)[index] = (float) next;
      return next;
    }

    private float[] array(Slot slot) {
      for (int i = 0; i < slots.length; i++) {
        if (slots[i].name().equals(slot.name())) {
          return state[i];
        }
      }
      throw new IllegalStateException(
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
