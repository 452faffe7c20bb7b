package dev.descent.examples.text;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Embedding;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Lstm;
import dev.descent.nn.layer.Parts;
import dev.descent.nn.layer.Pass;

/**
 * Reads words letter by letter, {@code [words, longest] -> [words, classes]}. What it makes of a
 * word is the state after its last letter, however long the others are.
 *
 * @param embedding of the numbers of letters
 * @param dropout of the letters' features and of the last state
 * @param lstm what reads
 * @param output from the last state to logits
 */
record WordReader(Embedding embedding, Dropout dropout, Lstm lstm, Linear output) implements Layer {
  /**
   * A reader that knows nothing, initialised as PyTorch's layers are.
   *
   * @param features of a letter
   * @param cells of each of the two LSTM layers
   * @param dropout how likely something is dropped in training
   */
  static WordReader of(int features, int cells, int classes, double dropout, RandomStream random) {
    return new WordReader(
        Embedding.of(Letters.COUNT + 1, features, random).withPadding(Letters.PADDING),
        new Dropout(dropout),
        Lstm.of(features, cells, 2, dropout, random),
        Linear.of(cells, classes, random));
  }

  @Override
  public Tensor forward(Tensor words, Pass pass) {
    Tensor features = pass.apply("embedding", embedding, words);
    Tensor letters = pass.apply("letters", dropout, features);
    Tensor last =
        pass.apply("lstm", inner -> lstm.run(letters, lengths(words), null, inner).last().hidden());
    Tensor state = last.slice(0, 1, 2).reshape(last.shape().without(0)); // of the upper layer
    return pass.apply("output", output, pass.apply("state", dropout, state));
  }

  private static Indices lengths(Tensor words) {
    int longest = words.shape().length(1);
    float[] numbers = words.toArray();
    int[] lengths = new int[words.shape().length(0)];
    for (int i = 0; i < numbers.length; i++) {
      lengths[i / longest] += numbers[i] == Letters.PADDING ? 0 : 1;
    }
    return Indices.of(lengths);
  }

  @Override
  public Parts parts() {
    return new Parts().layer("embedding", embedding).layer("lstm", lstm).layer("output", output);
  }
}
