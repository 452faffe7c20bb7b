package dev.descent.examples.mnist;

import dev.descent.core.random.RandomStream;
import dev.descent.examples.MachineOptions;
import dev.descent.examples.OptimizerOptions;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a multilayer perceptron to read handwritten digits. */
@Command(
    name = "mnist",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains a network to read handwritten digits, on the 12,000 MNIST images that come with the"
          + " program or on the full set of 70,000."
    })
public final class MnistCommand implements Callable<Integer> {
  @ArgGroup private @Nullable Source source;

  /** Where the images come from, if not from the program. */
  static final class Source {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Train on the full set: a directory with the four IDX files, plain or .gz.")
    @Nullable Path directory;

    @Option(
        names = "--download",
        description = "Train on the full set, fetched once from a public mirror (11 MB).")
    boolean download;
  }

  @Option(
      names = "--hidden",
      paramLabel = "SIZES",
      defaultValue = "512",
      converter = LayerSizes.Converter.class,
      description = "Sizes of the hidden layers, such as 128,64, or none; default: 512.")
  private LayerSizes hidden = new LayerSizes(List.of(512));

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0.5",
      description = "The part of each hidden layer that is dropped in training; default: 0.5.")
  private double dropout;

  @Mixin private OptimizerOptions optimizerOptions = new OptimizerOptions();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images per training step; default: 32.")
  private int batchSize;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Passes over the training images; default: 10.")
  private int epochs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where all chance comes from; the same seed, the same weights; default: 1.")
  private long seed;

  @Mixin private MachineOptions machineOptions = new MachineOptions();

  @Option(names = "--json", description = "Print nothing but JSON lines on standard output.")
  private boolean json;

  /** For picocli. */
  public MnistCommand() {}

  @Override
  public Integer call() {
    machineOptions.apply();
    if (epochs < 1) {
      throw new IllegalArgumentException("--epochs is " + epochs + "; expected at least 1");
    }
    Rules.Choice choice = optimizerOptions.choice();
    Layer model = model(RandomStream.of(seed, "initialization"));
    Mnist mnist = load();
    DataLoader training = DataLoader.shuffled(mnist.training(), batchSize, seed);
    Optimizer optimizer = new Optimizer(model.parameters(), choice.rule(), choice.learningRate());
    try (Report report = json ? new JsonReport() : new TerminalReport()) {
      report.begin(model, choice, mnist);
      Trainer trainer = new Trainer(model, new CrossEntropy(), optimizer, seed, report);
      History history = trainer.fit(training, mnist.test(), epochs);
      report.end(
          new Result(
              history,
              training.examples(),
              WeightsDigest.sha256(model.parameters()),
              model,
              mnist));
    }
    return 0;
  }

  private Layer model(RandomStream random) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Flatten());
    int in = Mnist.SIDE * Mnist.SIDE;
    for (int size : hidden.sizes()) {
      layers.add(Linear.of(in, size, random));
      layers.add(Activation.RELU);
      layers.add(new Dropout(dropout));
      in = size;
    }
    layers.add(Linear.of(in, Mnist.CLASSES, random));
    return new Sequential(layers);
  }

  private Mnist load() {
    if (source == null) {
      return EmbeddedDigits.load();
    }
    Path directory = source.directory;
    if (directory == null) {
      directory = MnistDownload.defaultDirectory();
      try (DownloadBar bar = new DownloadBar()) {
        new MnistDownload().into(directory, bar);
      }
    }
    return Mnist.load(directory);
  }
}
