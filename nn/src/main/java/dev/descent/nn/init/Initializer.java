package dev.descent.nn.init;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;

/** How a weight is filled before training. */
@FunctionalInterface
public interface Initializer {
  /**
   * The values to start from.
   *
   * @param shape the weight's shape
   * @param fanIn how many inputs each output is computed from, at least 1
   * @param fanOut how many outputs each input goes to, at least 1
   * @param random where chance comes from
   */
  Tensor initialize(Shape shape, int fanIn, int fanOut, RandomStream random);

  /**
   * Uniform in {@code ±1 / sqrt(fanIn)}: what PyTorch's layers start from, for weights and for
   * biases. (PyTorch arrives at it as {@code kaiming_uniform_(a = sqrt(5))}.)
   */
  static Initializer pytorch() {
    return (shape, fanIn, fanOut, random) -> uniform(shape, 1 / Math.sqrt(fanIn), random);
  }

  /**
   * Uniform in {@code ±sqrt(6 / (fanIn + fanOut))}: keeps the variance of activations and gradients
   * through layers with tanh or none (Glorot and Bengio 2010, "Understanding the difficulty of
   * training deep feedforward neural networks", equation 16).
   */
  static Initializer glorotUniform() {
    return (shape, fanIn, fanOut, random) ->
        uniform(shape, Math.sqrt(6.0 / (fanIn + fanOut)), random);
  }

  /** Normal with variance {@code 2 / (fanIn + fanOut)}; otherwise as {@link #glorotUniform}. */
  static Initializer glorotNormal() {
    return (shape, fanIn, fanOut, random) ->
        normal(shape, Math.sqrt(2.0 / (fanIn + fanOut)), random);
  }

  /**
   * Uniform in {@code ±sqrt(6 / fanIn)}: keeps the variance of activations through layers with relu
   * (He, Zhang, Ren and Sun 2015, "Delving Deep into Rectifiers", equation 10).
   */
  static Initializer heUniform() {
    return (shape, fanIn, fanOut, random) -> uniform(shape, Math.sqrt(6.0 / fanIn), random);
  }

  /** Normal with variance {@code 2 / fanIn}; otherwise as {@link #heUniform}. */
  static Initializer heNormal() {
    return (shape, fanIn, fanOut, random) -> normal(shape, Math.sqrt(2.0 / fanIn), random);
  }

  /** Normal with mean 0 and this standard deviation, whatever the number of inputs. */
  static Initializer normal(double deviation) {
    return (shape, fanIn, fanOut, random) -> normal(shape, deviation, random);
  }

  /** The same value everywhere. */
  static Initializer constant(float value) {
    return (shape, fanIn, fanOut, random) -> Tensor.full(shape, value);
  }

  private static Tensor uniform(Shape shape, double bound, RandomStream random) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat((float) -bound, (float) bound);
    }
    return Tensor.of(shape, values);
  }

  private static Tensor normal(Shape shape, double deviation, RandomStream random) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Tensor.of(shape, values);
  }
}
