package dev.descent.bench;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.BatchNorm;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Gru;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.LayerNorm;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Lstm;
import dev.descent.nn.layer.MaxPool2d;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.layer.TransformerEncoderLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A classifier that a benchmark trains.
 *
 * @param model gives logits of {@link #CLASSES}
 * @param example the shape of an example
 * @param examples how many there are
 */
record Network(Layer model, Shape example, int examples) {
  static final int CLASSES = 10;

  private static final int CELLS = 128;
  private static final int IMAGES = 12_800;
  private static final int SEQUENCES = 256;

  /**
   * The network of a name: {@code cnn}, {@code lstm}, {@code gru}, {@code encoder}, or widths and
   * perhaps a norm: {@code 784-512-10+batch-norm}.
   */
  static Network of(String name, RandomStream random) {
    return switch (name) {
      case "cnn" -> new Network(convolutional(random), Shape.of(1, 28, 28), IMAGES);
      case "lstm" -> recurrent(Lstm.of(28, CELLS, random).lastOnly(), random);
      case "gru" -> recurrent(Gru.of(28, CELLS, random).lastOnly(), random);
      case "encoder" -> new Network(encoder(random), Shape.of(64, 128), SEQUENCES);
      default -> perceptron(name.split("\\+", -1), random);
    };
  }

  private static Layer convolutional(RandomStream random) {
    return Sequential.of(
        Conv2d.of(1, 32, Window.of(3), random),
        Activation.RELU,
        MaxPool2d.of(2),
        Conv2d.of(32, 64, Window.of(3), random),
        Activation.RELU,
        MaxPool2d.of(2),
        new Flatten(),
        Linear.of(64 * 5 * 5, 128, random),
        Activation.RELU,
        Linear.of(128, CLASSES, random));
  }

  /** Reads an image row by row. */
  private static Network recurrent(Layer cells, RandomStream random) {
    Layer model = Sequential.of(cells, Linear.of(CELLS, CLASSES, random));
    return new Network(model, Shape.of(28, 28), IMAGES);
  }

  private static Layer encoder(RandomStream random) {
    return Sequential.of(
        TransformerEncoderLayer.of(128, 4, 512, 0, random),
        new Flatten(),
        Linear.of(64 * 128, CLASSES, random));
  }

  private static Network perceptron(String[] words, RandomStream random) {
    int[] widths = Arrays.stream(words[0].split("-", -1)).mapToInt(Integer::parseInt).toArray();
    IntFunction<List<Layer>> norm =
        switch (words.length == 1 ? "" : words[1]) {
          case "" -> width -> List.of();
          case "batch-norm" -> width -> List.of(BatchNorm.of(width));
          case "layer-norm" -> width -> List.of(LayerNorm.of(width));
          default -> throw new IllegalArgumentException("no norm " + words[1]);
        };
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      if (i > 1) {
        layers.addAll(norm.apply(widths[i - 1]));
        layers.add(Activation.RELU);
      }
      layers.add(Linear.of(widths[i - 1], widths[i], random));
    }
    return new Network(new Sequential(layers), Shape.of(widths[0]), IMAGES);
  }
}
