package dev.descent.optim.study;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.RowGradient;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Optimizer;
import dev.descent.optim.ParameterGroup;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A coordinate that moves along one parameter, over a copy of its state. For rules across
 * parameters, a sum is one over all tracers, and all have the common numbers of the first.
 */
final class Tracer implements Coordinate, Whole {
  private final UpdateRule rule;
  private final List<Tracer> peers;
  private final Shape shape;
  private final double[] start;
  private final double[] values;
  private final float[] gradients;
  private final double learningRate;
  private final double weightDecay;
  private final @Nullable BitSet used;
  private final int rowSize;
  private final long step;
  private final Map<String, double[]> state = new LinkedHashMap<>();
  private final SequencedMap<String, Double> common;
  private final SequencedMap<String, double[]> notes = new LinkedHashMap<>();
  private int index;

  Tracer(Optimizer optimizer, String name, Tensor gradient, List<Tracer> peers) {
    this.peers = peers;
    ParameterGroup group = optimizer.group(name);
    rule = group.rule();
    Parameter parameter = Trace.found(optimizer.parameters(), name, "parameter");
    shape = parameter.shape();
    common =
        rule.acrossParameters() && !peers.isEmpty()
            ? peers.getFirst().common
            : new LinkedHashMap<>();
    start = doubles(parameter.toArray());
    gradients = gradient.toArray();
    learningRate = optimizer.learningRate(name);
    step = optimizer.stepsTaken(name) + 1;
    weightDecay = group.weightDecay(name);
    values = start.clone();
    used = used(parameter.rowGradient());
    rowSize = parameter.shape().rank() == 0 ? 1 : parameter.shape().without(0).size();
    for (int i = 0; i < values.length; i++) {
      values[i] += isUsed(i) ? decay(i) : 0;
    }
    for (Slot slot : rule.slots()) {
      state.put(slot.name(), doubles(optimizer.state(name, slot).toArray()));
    }
    for (Slot slot : rule.common()) {
      common.put(slot.name(), optimizer.common(name, slot.name()));
    }
  }

  /** The rows that move; null for all. */
  private static @Nullable BitSet used(@Nullable RowGradient gradient) {
    if (gradient == null) {
      return null;
    }
    BitSet used = new BitSet();
    for (int place = 0; place < gradient.count(); place++) {
      used.set(gradient.row(place));
    }
    return used;
  }

  private boolean isUsed(int i) {
    return used == null || used.get(i / rowSize);
  }

  private double decay(int i) {
    return -learningRate * weightDecay * start[i];
  }

  /** Lets the rule look at the parameters of a group, before their coordinates move. */
  static void prepare(List<Tracer> group) {
    boolean together = group.getFirst().rule.acrossParameters();
    for (Tracer tracer : together ? group.subList(0, 1) : group) {
      tracer.rule.prepare(tracer);
    }
  }

  Trace.OfParameter trace() {
    double[] deltas = numbers(_ -> isUsed(index) ? move() : 0);
    SequencedMap<String, double[]> quantities = new LinkedHashMap<>();
    quantities.put("value", start);
    quantities.put("gradient", doubles(gradients));
    quantities.putAll(state);
    quantities.putAll(notes);
    quantities.put("delta", deltas);
    return new Trace.OfParameter(step, learningRate, quantities, common);
  }

  private double move() {
    double delta = rule.delta(this);
    return weightDecay > 0 ? delta + note("decay", decay(index)) : delta;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }

  @Override
  public double gradient() {
    return gradients[index];
  }

  @Override
  public double value() {
    return values[index];
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
    Double shared = common.get(slot.name());
    return shared != null
        ? shared
        : Trace.found(state, slot.name(), "slot")[
            slot.extent().index(index, Extent.columns(shape))];
  }

  @Override
  public double set(Slot slot, double value) {
    if (common.containsKey(slot.name())) {
      common.put(slot.name(), value);
    } else {
      Trace.found(state, slot.name(), "slot")[index] = value;
    }
    return value;
  }

  @Override
  public double note(String name, double value) {
    notes.computeIfAbsent(name, _ -> nans())[index] = value;
    return value;
  }

  private double[] nans() {
    double[] nans = new double[values.length];
    Arrays.fill(nans, Double.NaN);
    return nans;
  }

  @Override
  public Shape shape() {
    return rule.acrossParameters()
        ? Shape.of(peers.stream().mapToInt(each -> each.values.length).sum())
        : shape;
  }

  @Override
  public double sum(ToDoubleFunction<Coordinate> term) {
    double sum = 0;
    for (Tracer each : rule.acrossParameters() ? peers : List.of(this)) {
      for (double number : each.numbers(term)) {
        sum += number;
      }
    }
    return sum;
  }

  private double[] numbers(ToDoubleFunction<Coordinate> term) {
    double[] numbers = new double[values.length];
    for (index = 0; index < numbers.length; index++) {
      numbers[index] = term.applyAsDouble(this);
    }
    return numbers;
  }

  @Override
  public DoubleMatrix matrix(ToDoubleFunction<Coordinate> term) {
    return Extent.COORDINATES.matrix(shape, numbers(term));
  }

  @Override
  public DoubleMatrix matrix(Slot slot) {
    return slot.extent().matrix(shape, Trace.found(state, slot.name(), "slot"));
  }

  @Override
  public DoubleMatrix set(Slot slot, DoubleMatrix numbers) {
    state.put(slot.name(), slot.extent().checked(shape, numbers).toArray());
    return numbers;
  }
}
