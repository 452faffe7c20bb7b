package dev.descent.optim;

import dev.descent.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The parameters of one optimizer together, for rules {@link UpdateRule#acrossParameters}: common
 * numbers that all of them have, and sums over those that take part in a step.
 */
public final class Preparations implements Whole {
  private final UpdateRule rule;
  private final UpdateKernel kernel;
  private final double[] numbers;
  private final List<Preparation> moving = new ArrayList<>();
  private final List<Preparation> parameters = Collections.unmodifiableList(moving);

  /**
   * Common numbers as they are before the first step.
   *
   * @param kernel what will run the rule
   */
  public Preparations(UpdateRule rule, UpdateKernel kernel) {
    this.rule = rule;
    this.kernel = kernel;
    numbers = Preparation.initial(rule);
  }

  /** A parameter that shares the common numbers. */
  public Preparation add(Shape shape) {
    return new Preparation(rule, kernel, shape, numbers);
  }

  /**
   * Lets the kernel, or the rule, set the common numbers of a step.
   *
   * @param started those that take part; their steps have been started
   */
  public void prepare(List<Preparation> started) {
    moving.clear();
    for (int i = 0; i < started.size(); i++) {
      moving.add(started.get(i));
    }
    if (!moving.isEmpty()) {
      kernel.prepare(this);
    }
  }

  /** The rule that is prepared. */
  public UpdateRule rule() {
    return rule;
  }

  /** The parameters that take part in the step. */
  public List<Preparation> parameters() {
    return parameters;
  }

  @Override
  public Shape shape() {
    return Shape.of(moving.stream().mapToInt(each -> each.shape().size()).sum());
  }

  @Override
  public double learningRate() {
    return moving.getFirst().learningRate();
  }

  /** The largest of the parameters' step numbers: one may have been frozen for a while. */
  @Override
  public long step() {
    long step = 0;
    for (int i = 0; i < moving.size(); i++) {
      step = Math.max(step, moving.get(i).step());
    }
    return step;
  }

  @Override
  public double get(Slot common) {
    return moving.getFirst().get(common);
  }

  @Override
  public double set(Slot common, double value) {
    return moving.getFirst().set(common, value);
  }

  @Override
  public double sum(ToDoubleFunction<Coordinate> term) {
    double sum = 0;
    for (int i = 0; i < moving.size(); i++) {
      sum += moving.get(i).sum(term);
    }
    return sum;
  }

  @Override
  public DoubleMatrix matrix(ToDoubleFunction<Coordinate> term) {
    throw noMatrix();
  }

  @Override
  public DoubleMatrix matrix(Slot slot) {
    throw noMatrix();
  }

  @Override
  public DoubleMatrix set(Slot slot, DoubleMatrix values) {
    throw noMatrix();
  }

  private IllegalStateException noMatrix() {
    return new IllegalStateException(
        "%s is a rule across parameters, which are no matrix; expected sums only".formatted(rule));
  }
}
