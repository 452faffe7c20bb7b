package dev.descent.nn.layer;

import dev.descent.core.op.AttentionMask;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Tensor;

/**
 * Self-attention and two linear layers, each with a residual connection and a layer norm: {@code
 * [batch, positions, width] -> [batch, positions, width]} (Vaswani et al. 2017, "Attention Is All
 * You Need"). With the norms last, as there:
 *
 * <pre>
 * x = norm1(x + attention(x))
 * y = norm2(x + linear2(activation(linear1(x))))
 * </pre>
 *
 * <p>with the norms first, which is easier to train (Xiong et al. 2020, "On Layer Normalization in
 * the Transformer Architecture"):
 *
 * <pre>
 * x = x + attention(norm1(x))
 * y = x + linear2(activation(linear1(norm2(x))))
 * </pre>
 *
 * <p>Parameters are named and laid out as in PyTorch's layer of this name.
 *
 * @param selfAttention the attention
 * @param linear1 from width to the number of hidden units
 * @param linear2 back to the width
 * @param norm1 the norm of the attention
 * @param norm2 the norm of the linear layers
 * @param activation the function between the linear layers
 * @param dropout what is dropped of the hidden units and of what is added to x; the attention drops
 *     by itself
 * @param normFirst whether the norms come first
 * @param causal whether nobody sees the future, whatever the mask
 */
public record TransformerEncoderLayer(
    MultiHeadAttention selfAttention,
    Linear linear1,
    Linear linear2,
    LayerNorm norm1,
    LayerNorm norm2,
    Activation activation,
    Dropout dropout,
    boolean normFirst,
    boolean causal)
    implements Layer {
  /**
   * A layer initialised as PyTorch's: with ReLU and the norms last.
   *
   * @param width the number of features, at least 1
   * @param heads how many heads the attention has, a divisor of the width
   * @param hidden the number of units between the linear layers, at least 1
   * @param dropout how likely something is dropped in training
   * @param random where the initial weights come from
   */
  public static TransformerEncoderLayer of(
      int width, int heads, int hidden, double dropout, RandomStream random) {
    return new TransformerEncoderLayer(
        MultiHeadAttention.of(width, heads, dropout, random),
        Linear.of(width, hidden, random),
        Linear.of(hidden, width, random),
        LayerNorm.of(width),
        LayerNorm.of(width),
        Activation.RELU,
        new Dropout(dropout),
        false,
        false);
  }

  /** The same layer, with the same parameters, but another function between the linear layers. */
  public TransformerEncoderLayer withActivation(Activation activation) {
    return new TransformerEncoderLayer(
        selfAttention, linear1, linear2, norm1, norm2, activation, dropout, normFirst, causal);
  }

  /** The same layer, with the same parameters, but with the norms first. */
  public TransformerEncoderLayer withNormFirst() {
    return new TransformerEncoderLayer(
        selfAttention, linear1, linear2, norm1, norm2, activation, dropout, true, causal);
  }

  /** The same layer, with the same parameters, in which nobody sees the future. */
  public TransformerEncoderLayer withCausality() {
    return new TransformerEncoderLayer(
        selfAttention, linear1, linear2, norm1, norm2, activation, dropout, normFirst, true);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return forward(input, AttentionMask.NONE, pass);
  }

  /**
   * Applies the layer with a mask.
   *
   * @param input {@code [batch, positions, width]}
   * @param mask of a shape that broadcasts to {@code [batch, heads, positions, positions]}
   * @param pass whether this is training, and where chance comes from
   */
  public Tensor forward(Tensor input, AttentionMask mask, Pass pass) {
    AttentionMask all = causal ? mask.andCausal() : mask;
    if (normFirst) {
      Tensor x = input.plus(attended(pass.apply("norm1", norm1, input), all, pass));
      return x.plus(transformed(pass.apply("norm2", norm2, x), pass));
    }
    Tensor x = pass.apply("norm1", norm1, input.plus(attended(input, all, pass)));
    return pass.apply("norm2", norm2, x.plus(transformed(x, pass)));
  }

  private Tensor attended(Tensor x, AttentionMask mask, Pass pass) {
    Tensor y = pass.apply("self_attn", inner -> selfAttention.forward(x, mask, inner));
    return pass.apply("dropout1", dropout, y);
  }

  private Tensor transformed(Tensor x, Pass pass) {
    Tensor hidden =
        activation == Activation.RELU && !pass.isObserved()
            ? linear1.rectified(x)
            : activation.forward(pass.apply("linear1", linear1, x), pass);
    Tensor y = pass.apply("linear2", linear2, pass.apply("dropout", dropout, hidden));
    return pass.apply("dropout2", dropout, y);
  }

  @Override
  public Parts parts() {
    return new Parts()
        .layer("self_attn", selfAttention)
        .layer("linear1", linear1)
        .layer("linear2", linear2)
        .layer("norm1", norm1)
        .layer("norm2", norm2);
  }
}
