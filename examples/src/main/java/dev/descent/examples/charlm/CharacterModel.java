package dev.descent.examples.charlm;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Embedding;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.LayerNorm;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Parts;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.PositionalEmbedding;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.layer.TransformerEncoderLayer;
import dev.descent.nn.loss.CrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A causal transformer: what it says of the character after a position depends on those up to it.
 * {@code [batch, positions] -> [batch positions, characters]}, logits of the next character.
 *
 * @param layers embeddings, transformer layers, a norm and the output
 * @param context how many characters it sees at most, an even number
 */
record CharacterModel(Sequential layers, int context) implements Layer {
  private static final int HIDDEN_PER_FEATURE = 4;
  private static final int BATCH = 64;

  /**
   * How large a model is.
   *
   * @param width the features of a character
   * @param heads of each layer's attention
   * @param layers how many transformer layers there are
   * @param context how many characters it sees at most
   * @param dropout how likely something is dropped in training
   */
  record Size(int width, int heads, int layers, int context, double dropout) {}

  /** A model that knows nothing, initialised as PyTorch's layers are. */
  static CharacterModel of(int characters, Size size, RandomStream random) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Embedding.of(characters, size.width(), random));
    layers.add(PositionalEmbedding.of(size.context(), size.width(), random));
    for (int i = 0; i < size.layers(); i++) {
      layers.add(
          TransformerEncoderLayer.of(
                  size.width(),
                  size.heads(),
                  HIDDEN_PER_FEATURE * size.width(),
                  size.dropout(),
                  random)
              .withNormFirst()
              .withActivation(Activation.GELU)
              .withCausality());
    }
    layers.add(LayerNorm.of(size.width()));
    layers.add(Linear.of(size.width(), characters, random));
    return new CharacterModel(new Sequential(layers), size.context());
  }

  @Override
  public Tensor forward(Tensor characters, Pass pass) {
    Tensor logits = pass.apply("layers", layers, characters);
    return logits.reshape(characters.size(), logits.shape().length(2));
  }

  @Override
  public Parts parts() {
    return new Parts().layer("layers", layers);
  }

  /** The surprise at the next characters, in nats: the mean over all windows and positions. */
  Tensor loss(Batch<Indices> windows, Pass pass) {
    return new CrossEntropy().of(forward(windows.inputs(), pass), windows.targets());
  }

  /**
   * The bits per character that it takes to tell a text to somebody who has this model: the mean of
   * {@code -log2 p(character | those before)}. The text is looked at through windows that overlap
   * by half, of which the later half counts; so each character is foretold from at least half of
   * what the model can see.
   *
   * @param text the numbers of its characters; what is left at the end without a window of its own
   *     does not count, and neither does the beginning
   */
  double bitsPerCharacter(int... text) {
    int half = context / 2;
    int windows = (text.length - 1 - half) / half;
    double nats = 0;
    for (int from = 0; from < windows; from += BATCH) {
      int first = from;
      int count = Math.min(BATCH, windows - from);
      int[] starts = IntStream.range(0, count).map(i -> (first + i) * half).toArray();
      Batch<Indices> batch = Windows.cut(text, context, starts);
      int[] rows = IntStream.range(0, count * context).filter(i -> i % context >= half).toArray();
      Indices targets = Indices.of(IntStream.of(rows).map(batch.targets()::get).toArray());
      Tensor logits = NoGradient.of(() -> forward(batch.inputs()).gatherRows(rows));
      nats += (double) new CrossEntropy().of(logits, targets).item() * count;
    }
    return nats / windows / Math.log(2);
  }
}
