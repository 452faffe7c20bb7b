package dev.descent.bench;

import dev.descent.core.op.Negate;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;

/** What the benchmarks compute on: the same numbers each time. */
final class Inputs {
  /** Numbers drawn. Larger tensors repeat them, for drawing ten million takes a second. */
  private static final int DRAWN = 100_000;

  private Inputs() {}

  /** A tensor of numbers from the normal distribution with mean 0 and variance 1. */
  static Tensor normal(int... lengths) {
    Shape shape = Shape.of(lengths);
    float[] values = new float[shape.size()];
    RandomStream random = RandomStream.of(1, "benchmark", values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = i < DRAWN ? (float) random.nextGaussian() : values[i - DRAWN];
    }
    return Tensor.of(shape, values);
  }

  /** A parameter of such numbers, with a gradient of such numbers. */
  static Parameter parameter(int... lengths) {
    Tensor values = normal(lengths);
    Parameter parameter = Parameter.of(values);
    parameter.accumulateGradient(new Negate(values));
    return parameter;
  }
}
