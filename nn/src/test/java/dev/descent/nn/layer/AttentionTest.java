package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.op.AttentionMask;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.PyTorchNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention and what is made of it against PyTorch's, in the numbers that attention.py wrote. */
class AttentionTest {
  private static final PyTorchNumbers EXPECTED =
      PyTorchNumbers.beside(AttentionTest.class, "attention.txt");
  private static final Pass TRAINING = Pass.training(1, 0);
  private static final Shape QUERY = Shape.of(2, 3, 4, 5);
  private static final Shape KEY = Shape.of(2, 3, 6, 5);
  private static final Shape VALUE = Shape.of(2, 3, 6, 2);
  private static final Tensor ALLOWED =
      Tensor.of(
          Shape.of(4, 6), 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0);

  private final RandomStream random = RandomStream.of(1, "test");

  /** The numbers of the script. */
  private static float[] numbers(int n, int seed) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = ((37 * i + 11 * seed) % 101 - 50) / 64f;
    }
    return values;
  }

  private static void assertIsPyTorchs(
      String name, List<Shape> shapes, Layer layer, Function<List<Parameter>, Tensor> function) {
    List<Parameter> inputs = new ArrayList<>();
    for (Shape shape : shapes) {
      inputs.add(Parameter.of(shape, numbers(shape.size(), inputs.size())));
    }
    int seed = shapes.size();
    for (Parameter parameter : layer.parameters().values()) {
      float[] values = numbers(parameter.size(), seed++);
      System.arraycopy(values, 0, parameter.array(), parameter.offset(), values.length);
    }

    Tensor output = function.apply(inputs);
    Tensor weights = Tensor.of(output.shape(), numbers(output.size(), seed));
    output.times(weights).sum().backward();

    EXPECTED.assertIs(name + " output", output);
    for (int i = 0; i < inputs.size(); i++) {
      EXPECTED.assertIs(name + " input " + i + " gradient", inputs.get(i).gradient());
    }
    layer
        .parameters()
        .forEach((key, each) -> EXPECTED.assertIs(name + " " + key + " gradient", each.gradient()));
  }

  private static void assertAttendsAsPyTorch(String name, AttentionMask mask) {
    assertIsPyTorchs(
        name,
        List.of(QUERY, KEY, VALUE),
        Sequential.of(),
        x -> mask.attend(x.get(0), x.get(1), x.get(2)));
  }

  @Test
  void scaledDotProductAttentionIsPyTorchsAndGivesZerosWhereEverythingIsHidden() {
    assertAttendsAsPyTorch("attention", AttentionMask.NONE);
    assertAttendsAsPyTorch("attention with a boolean mask", AttentionMask.allowing(ALLOWED));
    assertAttendsAsPyTorch("causal attention", AttentionMask.CAUSAL);
  }

  @Test
  void aGradientFlowsToAnAddedMask() {
    assertIsPyTorchs(
        "attention with an added mask",
        List.of(QUERY, KEY, VALUE, Shape.of(3, 4, 6)),
        Sequential.of(),
        x -> AttentionMask.adding(x.get(3)).attend(x.get(0), x.get(1), x.get(2)));
  }

  @Test
  void masksAddUp() {
    Tensor scores = Tensor.zeros(Shape.of(3, 3));
    Tensor allowed = Tensor.of(Shape.of(1, 3), 0, 1, 1);

    Tensor weights = AttentionMask.allowing(allowed).andCausal().weights(scores);

    assertThat(weights.toArray()).containsExactly(0, 0, 0, 0, 1, 0, 0, .5f, .5f);
  }

  @Test
  void whatTheFutureHoldsHasNoInfluence() {
    Tensor scores = Tensor.of(Shape.of(2, 2), 1, Float.NaN, 3, 3);

    assertThat(AttentionMask.CAUSAL.weights(scores).toArray()).containsExactly(1, 0, .5f, .5f);
  }

  @Test
  void nanInARowIsNotTheSameAsNothing() {
    float hidden = Float.NEGATIVE_INFINITY;
    Tensor scores = Tensor.of(Shape.of(3, 2), Float.NaN, hidden, hidden, hidden, 0, hidden);
    AttentionMask mask = AttentionMask.adding(Tensor.scalar(0));

    assertThat(mask.weights(scores).toArray()).containsExactly(Float.NaN, Float.NaN, 0, 0, 1, 0);
    assertThat(AttentionMask.allowing(Tensor.of(Shape.of(3, 1), 0, 1, 0)).weights(scores).toArray())
        .containsExactly(Float.NaN, Float.NaN, 0, 0, 0, 0);
  }

  @Test
  void ofNothing() {
    MultiHeadAttention attention = MultiHeadAttention.of(4, 2, 0, random);
    Tensor none = Tensor.zeros(Shape.of(2, 0, 4));
    Tensor some = Tensor.ones(Shape.of(2, 3, 4));

    assertThat(attention.forward(none).shape()).isEqualTo(Shape.of(2, 0, 4));
    assertThat(attention.forward(Tensor.zeros(Shape.of(0, 3, 4))).size()).isZero();
    // Without keys there is nothing to find, and the bias of the output is zero.
    assertThat(attention.forward(some, none, none, AttentionMask.CAUSAL, TRAINING).toArray())
        .hasSize(24)
        .containsOnly(0);
  }

  @Test
  void multiHeadAttentionIsPyTorchs() {
    MultiHeadAttention attention = MultiHeadAttention.of(6, 3, 0, random);
    assertIsPyTorchs(
        "self-attention",
        List.of(Shape.of(2, 4, 6)),
        attention,
        x -> attention.forward(x.get(0), TRAINING));

    MultiHeadAttention other = MultiHeadAttention.of(6, 3, 0, random);
    Tensor keys = Tensor.of(Shape.of(2, 5), 1, 1, 1, 1, 0, 0, 1, 0, 1, 1);
    AttentionMask mask = AttentionMask.allowingKeys(keys);
    assertIsPyTorchs(
        "cross-attention",
        List.of(Shape.of(2, 3, 6), Shape.of(2, 5, 6), Shape.of(2, 5, 6)),
        other,
        x -> other.forward(x.get(0), x.get(1), x.get(2), mask, TRAINING));
  }

  @ParameterizedTest
  @CsvSource({"last, RELU", "last, GELU", "first, RELU", "first, GELU"})
  void transformerEncoderLayerIsPyTorchs(String norm, Activation activation) {
    TransformerEncoderLayer plain =
        TransformerEncoderLayer.of(6, 2, 8, 0, random).withActivation(activation);
    TransformerEncoderLayer layer = norm.equals("first") ? plain.withNormFirst() : plain;
    String name =
        "encoder, norm %s, %s".formatted(norm, activation.name().toLowerCase(Locale.ROOT));

    assertIsPyTorchs(
        name, List.of(Shape.of(2, 4, 6)), layer, x -> layer.forward(x.get(0), TRAINING));
  }

  @Test
  void aCausalEncoderIsPyTorchs() {
    TransformerEncoderLayer layer = TransformerEncoderLayer.of(6, 2, 8, 0, random).withCausality();

    assertIsPyTorchs(
        "causal encoder",
        List.of(Shape.of(2, 4, 6)),
        layer,
        x -> layer.forward(x.get(0), TRAINING));
  }

  @Test
  void dropsInTrainingAlone() {
    Layer layer = TransformerEncoderLayer.of(6, 2, 8, 0.5, random);
    Tensor input = Tensor.of(Shape.of(2, 4, 6), numbers(48, 0));

    float[] step = layer.forward(input, TRAINING).toArray();

    assertThat(layer.forward(input, TRAINING).toArray()).isEqualTo(step);
    assertThat(layer.forward(input, Pass.training(1, 1)).toArray()).isNotEqualTo(step);
    assertThat(layer.forward(input).toArray()).isEqualTo(layer.forward(input).toArray());
    Layer undropped = TransformerEncoderLayer.of(6, 2, 8, 0, RandomStream.of(1, "test"));
    assertThat(layer.forward(input).toArray()).isEqualTo(undropped.forward(input).toArray());
  }

  @Test
  void startAsPyTorchs() {
    MultiHeadAttention attention = MultiHeadAttention.of(64, 4, 0, random);

    assertThat(attention.inputBias().toArray()).containsOnly(0);
    assertThat(attention.output().bias().toArray()).containsOnly(0);
    float bound = (float) Math.sqrt(6.0 / (64 + 3 * 64));
    assertThat(attention.inputWeight().max().item()).isBetween(.98f * bound, bound);
    assertThat(attention.output().weight().max().item()).isBetween(.98f / 8, 1 / 8f);
  }

  @Test
  void nameTheirParametersAsPyTorchDoes() {
    assertThat(TransformerEncoderLayer.of(6, 2, 8, 0, random).parameters().sequencedKeySet())
        .containsExactly(
            "self_attn.in_proj_weight",
            "self_attn.in_proj_bias",
            "self_attn.out_proj.weight",
            "self_attn.out_proj.bias",
            "linear1.weight",
            "linear1.bias",
            "linear2.weight",
            "linear2.bias",
            "norm1.weight",
            "norm1.bias",
            "norm2.weight",
            "norm2.bias");
  }

  @Test
  void refuseWhatDoesNotFit() {
    MultiHeadAttention attention = MultiHeadAttention.of(6, 3, 0, random);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MultiHeadAttention.of(6, 4, 0, random))
        .withMessage("attention of width 6 with 4 heads; expected a divisor of the width");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> attention.forward(Tensor.zeros(Shape.of(2, 6))))
        .isInstanceOf(ShapeException.class)
        .withMessage("multiHeadAttention of [2, 6]: expected [batch, positions, 6]");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            attention.forward(
                Tensor.zeros(Shape.of(2, 3, 6)),
                AttentionMask.allowing(Tensor.ones(Shape.of(4, 3))),
                TRAINING))
        .withMessage(
            "maskedSoftmax of [2, 3, 3, 3] and [4, 3]: expected a mask that can be repeated to"
                + " the first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttentionMask.allowingKeys(Tensor.ones(Shape.of(4))))
        .withMessage("attentionMask of [4]: expected [batch, keys]");
  }

  @Test
  void embeddingIsPyTorchsWithAndWithoutPadding() {
    Tensor rows = Tensor.of(Shape.of(2, 3), 3, 1, 0, 1, 1, 2);
    Embedding table = Embedding.of(4, 3, random);
    assertIsPyTorchs("embedding, padding None", List.of(), table, x -> table.forward(rows));

    Embedding padded = Embedding.of(4, 3, random).withPadding(1);
    assertThat(padded.lookUp(Indices.of(1)).toArray()).containsOnly(0);
    assertIsPyTorchs("embedding, padding 1", List.of(), padded, x -> padded.forward(rows));
  }
}
