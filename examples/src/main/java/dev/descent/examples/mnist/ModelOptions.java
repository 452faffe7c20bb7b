package dev.descent.examples.mnist;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.Numbers;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Lstm;
import dev.descent.nn.layer.MaxPool2d;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is trained: the kind of network, its layers and what they start from. */
final class ModelOptions {
  private static final Window KERNEL = Window.of(3);

  /** The channels after each convolution. */
  private static final int[] CHANNELS = {32, 64};

  /** The cells that read an image row by row. */
  private static final int CELLS = 128;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      converter = Model.Converter.class,
      description =
          "What to train: mlp, a multilayer perceptron; cnn, which has two convolutions before the"
              + " hidden layers; or lstm, which reads an image row by row before them. Default:"
              + " ${DEFAULT-VALUE}.")
  private Model model = Model.MLP;

  @Option(
      names = "--hidden",
      paramLabel = "SIZES",
      converter = LayerSizes.Converter.class,
      description =
          "Sizes of the hidden layers, such as 128,64, or none. Default: 512, 128 for cnn, none for"
              + " lstm.")
  private @Nullable LayerSizes hidden;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      converter = Numbers.BelowOne.class,
      description =
          "Share of each hidden layer that is dropped at random in each training step."
              + " Default: ${DEFAULT-VALUE}.")
  private double dropout = 0.5;

  @Option(
      names = "--init",
      paramLabel = "INIT",
      converter = Initialization.Converter.class,
      description =
          "What the weights start from, but for those of an lstm, which start as in PyTorch:"
              + " ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Initialization initialization = Initialization.HE;

  /** The network before training. */
  Layer make(long seed) {
    List<Layer> layers = new ArrayList<>();
    if (model == Model.CNN) {
      layers.add(ModelOptions::asImages);
      int channels = 1;
      for (int next : CHANNELS) {
        layers.add(initialization.convolution(channels, next, KERNEL, random(seed, layers.size())));
        layers.add(Activation.RELU);
        layers.add(MaxPool2d.of(2));
        channels = next;
      }
    }
    if (model == Model.LSTM) {
      layers.add(Lstm.of(Mnist.SIDE, CELLS, random(seed, layers.size())).lastOnly());
    }
    layers.add(new Flatten());
    int in = features();
    for (int size : hidden().sizes()) {
      layers.add(initialization.linear(in, size, random(seed, layers.size())));
      layers.add(Activation.RELU);
      layers.add(new Dropout(dropout));
      in = size;
    }
    layers.add(initialization.linear(in, Mnist.CLASSES, random(seed, layers.size())));
    return new Sequential(layers);
  }

  /** Gives {@code [batch, height, width]} the axis of its only channel. */
  private static Tensor asImages(Tensor input, Pass pass) {
    return input.reshape(input.shape().length(0), 1, Mnist.SIDE, Mnist.SIDE);
  }

  /** Each layer has chance of its own, so a change of one leaves the others as they start. */
  private static RandomStream random(long seed, int place) {
    return RandomStream.of(seed, "initialization", place);
  }

  private LayerSizes hidden() {
    return hidden == null ? model.usualHidden() : hidden;
  }

  /** What the first hidden layer sees of an image. */
  private int features() {
    if (model == Model.LSTM) {
      return CELLS;
    }
    int side = Mnist.SIDE;
    int channels = 1;
    if (model == Model.CNN) {
      for (int next : CHANNELS) {
        side = KERNEL.positions(side) / 2;
        channels = next;
      }
    }
    return channels * side * side;
  }

  /** What makes the network what it is before training, by the names of the options. */
  void addTo(SequencedMap<String, String> settings) {
    settings.put("--model", model.toString());
    settings.put("--hidden", hidden().toString());
    settings.put("--dropout", Double.toString(dropout));
    settings.put("--init", initialization.toString());
  }

  /** The network in a few words: {@code 784-512-10, relu, dropout 0.5: 407,050 parameters}. */
  String describe(Layer network) {
    StringBuilder layers = new StringBuilder();
    if (model == Model.CNN) {
      for (int channels : CHANNELS) {
        layers.append("3x3x%d, relu, pool, ".formatted(channels));
      }
    }
    if (model == Model.LSTM) {
      layers.append("lstm %dx%d, ".formatted(Mnist.SIDE, Mnist.SIDE));
    }
    layers.append(features());
    hidden().sizes().forEach(size -> layers.append('-').append(size));
    layers.append('-').append(Mnist.CLASSES);
    if (!hidden().sizes().isEmpty()) {
      layers.append(", relu, dropout ").append(dropout);
    }
    int parameters = network.parameterCount();
    return "%s: %,d parameters".formatted(layers, parameters);
  }
}
