package dev.descent.nn.train;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.AdaptiveAvgPool2d;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Gru;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Lstm;
import dev.descent.nn.layer.MaxPool2d;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Rules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A program that trains a small network with each rule and prints the digests of the weights, one
 * rule a line. Before that, the digest of the gradients of a first step, and the same for networks
 * with convolutions and with recurrent layers. {@link SameWeightsTest} runs it with each vector
 * width and several numbers of threads: products, activations and steps are just large enough to be
 * shared among three.
 */
final class SameWeights {
  private static final int FEATURES = 130;
  private static final int HIDDEN = 769;

  /** Enough for Shampoo, whose time is in the eigenvalues of its matrices of so many rows. */
  private static final int FEW_HIDDEN = 193;

  private static final int CLASSES = 10;
  private static final int BATCH = 65;
  private static final int EXAMPLES = 5 * BATCH - 7;
  private static final int EPOCHS = 2;

  private SameWeights() {}

  public static void main(String[] arguments) {
    Dataset data = data();
    System.out.println("gradients " + gradients(network(HIDDEN), data));
    Dataset images = images();
    System.out.println("convolutional gradients " + gradients(convolutionalNetwork(), images));
    System.out.println("convolutional adam " + weights(convolutionalNetwork(), images, "adam"));
    Dataset sequences = sequences();
    System.out.println("recurrent gradients " + gradients(recurrentNetwork(), sequences));
    System.out.println("recurrent adam " + weights(recurrentNetwork(), sequences, "adam"));
    for (String rule : Rules.names()) {
      Layer network = network(rule.equals("shampoo") ? FEW_HIDDEN : HIDDEN);
      System.out.println(rule + " " + weights(network, data, rule));
    }
  }

  private static Dataset data() {
    RandomStream random = RandomStream.of(1, "data");
    float[] inputs = new float[EXAMPLES * FEATURES];
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = random.nextInt(CLASSES);
      for (int j = 0; j < FEATURES; j++) {
        inputs[i * FEATURES + j] = random.nextFloat(-1, 1) + (j % CLASSES == labels[i] ? 1 : 0);
      }
    }
    return new Dataset(
        Tensor.of(Shape.of(EXAMPLES, FEATURES), inputs), Indices.of(labels), CLASSES);
  }

  private static Layer network(int hidden) {
    RandomStream random = RandomStream.of(1, "network");
    return Sequential.of(
        Linear.of(FEATURES, hidden, random),
        Activation.RELU,
        new Dropout(0.25),
        Linear.of(hidden, 24, random),
        Activation.TANH,
        Linear.of(24, CLASSES, random));
  }

  /** The same numbers as images of two channels. */
  private static Dataset images() {
    Dataset data = data();
    return new Dataset(data.inputs().reshape(EXAMPLES, 2, 13, 5), data.labels(), CLASSES);
  }

  private static Layer convolutionalNetwork() {
    RandomStream random = RandomStream.of(1, "convolutional network");
    Window window = Window.of(3).padding(1);
    return Sequential.of(
        Conv2d.of(2, 19, window, random),
        Activation.RELU,
        MaxPool2d.of(2),
        Conv2d.of(19, 33, window.stride(2).padding(2), random),
        Activation.RELU,
        new Dropout(0.25),
        new AdaptiveAvgPool2d(2, 2),
        new Flatten(),
        Linear.of(4 * 33, CLASSES, random));
  }

  /** The same numbers as sequences of 13 steps. */
  private static Dataset sequences() {
    Dataset data = data();
    return new Dataset(data.inputs().reshape(EXAMPLES, 13, 10), data.labels(), CLASSES);
  }

  private static Layer recurrentNetwork() {
    RandomStream random = RandomStream.of(1, "recurrent network");
    return Sequential.of(
        Lstm.of(10, 37, 2, 0.25, random),
        Gru.of(37, 53, random).lastOnly(),
        Linear.of(53, CLASSES, random));
  }

  private static String gradients(Layer network, Dataset data) {
    new CrossEntropy()
        .of(network.forward(data.inputs(), Pass.training(1, 0)), data.labels())
        .backward();
    SequencedMap<String, Parameter> gradients = new LinkedHashMap<>();
    for (Map.Entry<String, Parameter> entry : network.parameters().entrySet()) {
      gradients.put(entry.getKey(), Parameter.of(entry.getValue().gradient()));
    }
    return WeightsDigest.sha256(gradients);
  }

  private static String weights(Layer network, Dataset data, String rule) {
    Optimizer optimizer =
        new Optimizer(network.parameters(), Rules.choose(rule, Map.of()).rule(), 0.01);
    new Trainer<>(network, new CrossEntropy(), optimizer, 1)
        .fit(DataLoader.shuffled(data, BATCH, 1), null, EPOCHS);
    return WeightsDigest.sha256(network.parameters());
  }
}
