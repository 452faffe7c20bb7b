package dev.descent.nn.layer;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;

/**
 * Adds to what is at each position of a sequence a row that says where it is, as attention does not
 * know: {@code [batch, positions, features] -> [batch, positions, features]}.
 *
 * @param weight {@code [most positions, features]}
 */
public record PositionalEmbedding(Parameter weight) implements Layer {
  /**
   * Rows that are learned, from the normal distribution with a deviation of 0.02 on, as in GPT-2.
   *
   * @param positions how long a sequence may be, at least 1
   * @param features how long a row is, at least 1
   * @param random where the initial values come from
   */
  public static PositionalEmbedding of(int positions, int features, RandomStream random) {
    Shape shape = checked(positions, features);
    Initializer normal = Initializer.normal(0.02);
    return new PositionalEmbedding(
        Parameter.of(normal.initialize(shape, features, positions, random)));
  }

  /**
   * Frozen rows of sines and cosines of wavelengths from 2 pi to 20,000 pi: {@code sin(p /
   * 10000^(2i / features))} and the cosine of the same side by side (Vaswani et al. 2017,
   * "Attention Is All You Need", section 3.5).
   *
   * @param positions how long a sequence may be, at least 1
   * @param features how long a row is, at least 1
   */
  public static PositionalEmbedding sinusoidal(int positions, int features) {
    Shape shape = checked(positions, features);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      int position = i / features;
      int feature = i % features;
      double exponent = (double) (feature - feature % 2) / features;
      double angle = position / StrictMath.pow(10_000, exponent);
      values[i] = (float) (feature % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }
    PositionalEmbedding fixed = new PositionalEmbedding(Parameter.of(shape, values));
    fixed.freeze();
    return fixed;
  }

  private static Shape checked(int positions, int features) {
    if (positions < 1 || features < 1) {
      throw new IllegalArgumentException(
          "a positional embedding of %d positions of %d; expected at least 1 of each"
              .formatted(positions, features));
    }
    return Shape.of(positions, features);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    Shape shape = input.shape();
    Shape table = weight.shape();
    if (shape.rank() != 3
        || shape.length(1) > table.length(0)
        || shape.length(2) != table.length(1)) {
      throw new ShapeException(
          "positionalEmbedding", shape, table, "expected [batch, at most as many, features]");
    }
    return input.plus(weight.slice(0, 0, shape.length(1)));
  }

  @Override
  public Parts parts() {
    return new Parts().parameter("weight", weight);
  }
}
