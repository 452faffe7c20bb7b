package dev.descent.optim.study;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A rule's kernel run on given gradients, with parameters and state in float32: one parameter in
 * the hands of an {@link Optimizer} on this machine.
 */
public final class FloatReplay {
  private static final String NAME = "theta";

  private final Parameter parameter;
  private final Optimizer optimizer;
  private double learningRate;

  /**
   * A run of a vector that starts at these values, with fresh state.
   *
   * @param start the values before the first step; copied, and rounded to float32
   */
  public FloatReplay(UpdateRule rule, double... start) {
    this(rule, Shape.of(start.length), start);
  }

  /**
   * A run of a parameter of this shape, with fresh state.
   *
   * @param start the values before the first step; copied, and rounded to float32
   * @throws IllegalArgumentException if there are not as many values as the shape has elements
   */
  public FloatReplay(UpdateRule rule, Shape shape, double... start) {
    parameter = Parameter.of(shape, floats(start));
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put(NAME, parameter);
    optimizer = new Optimizer(parameters, rule, _ -> learningRate);
  }

  /**
   * Takes one step.
   *
   * @param learningRate the learning rate of this step
   * @param gradients the gradient of each coordinate; rounded to float32
   * @throws IllegalArgumentException if there are not as many gradients as coordinates
   */
  public void step(double learningRate, double... gradients) {
    if (gradients.length != parameter.size()) {
      throw new IllegalArgumentException(
          "%d gradients at step %d; expected %d, one for each coordinate"
              .formatted(gradients.length, stepsTaken() + 1, parameter.size()));
    }
    this.learningRate = learningRate;
    optimizer.clearGradients();
    // A loss that has these gradients.
    parameter.times(Tensor.of(parameter.shape(), floats(gradients))).sum().backward();
    optimizer.step();
  }

  /** How many steps have been taken. */
  public long stepsTaken() {
    return optimizer.stepsTaken();
  }

  /** The value of each coordinate: floats, exactly. */
  public double[] values() {
    return doubles(parameter.toArray());
  }

  /** The slot's value for each coordinate, or whatever else it has numbers for: floats, exactly. */
  public double[] state(Slot slot) {
    return doubles(optimizer.state(NAME, slot).toArray());
  }

  /** A number that the coordinates share. */
  public double common(Slot slot) {
    return optimizer.common(NAME, slot.name());
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  private static double[] doubles(float[] floats) {
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
