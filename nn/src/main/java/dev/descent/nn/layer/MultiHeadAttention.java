package dev.descent.nn.layer;

import dev.descent.core.op.AttentionMask;
import dev.descent.core.op.AttentionMix;
import dev.descent.core.op.AttentionScores;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;

/**
 * Attention with several heads: queries, keys and values are projected, each head attends with its
 * part of them, and what the heads have found is projected once more (Vaswani et al. 2017,
 * "Attention Is All You Need", section 3.2.2). As a layer it is self-attention, {@code [batch,
 * positions, width] -> [batch, positions, width]}, of everything to everything.
 *
 * <p>Parameters are named and laid out as in PyTorch's {@code MultiheadAttention}.
 *
 * @param inputWeight the projections of queries, keys and values, {@code [3 width, width]}
 * @param inputBias {@code [3 width]}
 * @param output the last projection, from width to width
 * @param heads how many heads there are, a divisor of the width
 * @param dropout what is dropped of the weights of the keys
 */
public record MultiHeadAttention(
    Parameter inputWeight, Parameter inputBias, Linear output, int heads, Dropout dropout)
    implements Layer {
  /**
   * Checks that the shapes fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if the width is no multiple of the heads
   */
  public MultiHeadAttention {
    int width = output.weight().shape().length(0);
    if (!output.weight().shape().equals(Shape.of(width, width))
        || !inputWeight.shape().equals(Shape.of(3 * width, width))) {
      throw new ShapeException(
          "multiHeadAttention",
          inputWeight.shape(),
          output.weight().shape(),
          "expected [3 width, width] and [width, width]");
    }
    if (!inputBias.shape().equals(Shape.of(3 * width))) {
      throw new ShapeException(
          "multiHeadAttention",
          inputWeight.shape(),
          inputBias.shape(),
          "expected [3 width, width] and [3 width]");
    }
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "attention of width %d with %d heads; expected a divisor of the width"
              .formatted(width, heads));
    }
  }

  /**
   * A layer initialised as PyTorch does: Glorot's uniform for the projections of the input, {@code
   * ±1 / sqrt(width)} for that of the output, zeros for the biases.
   *
   * @param width the number of features, at least 1
   * @param heads how many heads there are, a divisor of the width
   * @param dropout how likely the weight of a key is dropped in training
   * @param random where the initial weights come from
   */
  public static MultiHeadAttention of(int width, int heads, double dropout, RandomStream random) {
    Initializer zeros = Initializer.constant(0);
    Linear output = Linear.of(width, width, Initializer.pytorch(), zeros, random);
    Tensor weight =
        Initializer.glorotUniform()
            .initialize(Shape.of(3 * width, width), width, 3 * width, random);
    Tensor bias = Tensor.zeros(Shape.of(3 * width));
    return new MultiHeadAttention(
        Parameter.of(weight), Parameter.of(bias), output, heads, new Dropout(dropout));
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return forward(input, AttentionMask.NONE, pass);
  }

  /** Self-attention with a mask that broadcasts to {@code [batch, heads, positions, positions]}. */
  public Tensor forward(Tensor input, AttentionMask mask, Pass pass) {
    return forward(input, input, input, mask, pass);
  }

  /**
   * Attention of queries to keys, such as those of another sequence.
   *
   * @param query {@code [batch, queries, width]}
   * @param key {@code [batch, keys, width]}
   * @param value {@code [batch, keys, width]}
   * @param mask of a shape that broadcasts to {@code [batch, heads, queries, keys]}
   * @param pass whether this is training, and where chance comes from
   * @return {@code [batch, queries, width]}
   * @throws ShapeException if the shapes do not fit
   */
  public Tensor forward(Tensor query, Tensor key, Tensor value, AttentionMask mask, Pass pass) {
    int width = output.weight().shape().length(0);
    Tensor scaled = projected(query, 0).times(AttentionMask.scale(width / heads));
    Tensor scores = new AttentionScores(scaled, projected(key, 1), heads).evaluate();
    Tensor weights = pass.apply("dropout", dropout, mask.weights(scores));
    Tensor mixed = new AttentionMix(weights, projected(value, 2), false).evaluate();
    return pass.apply("out_proj", output, mixed);
  }

  /** The queries, keys or values, as the first, second or third part of the weights makes them. */
  private Tensor projected(Tensor input, int part) {
    int width = output.weight().shape().length(0);
    if (input.shape().rank() != 3 || input.shape().length(2) != width) {
      throw new ShapeException(
          "multiHeadAttention", input.shape(), "expected [batch, positions, " + width + "]");
    }
    int from = part * width;
    return Linear.apply(
        input, inputWeight.slice(0, from, from + width), inputBias.slice(0, from, from + width));
  }

  @Override
  public Parts parts() {
    return new Parts()
        .parameter("in_proj_weight", inputWeight)
        .parameter("in_proj_bias", inputBias)
        .layer("out_proj", output);
  }
}
