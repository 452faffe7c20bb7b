package dev.descent.examples.autoencoder;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.EpochOptions;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.mnist.DigitsOptions;
import dev.descent.examples.report.Epochs;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Pictures;
import dev.descent.examples.report.Report;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.data.TensorDataset;
import dev.descent.nn.loss.Loss;
import dev.descent.nn.metric.MeanLoss;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a variational autoencoder on handwritten digits. */
@Command(
    name = "autoencoder",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Train a network to compress handwritten digits to a few numbers and to make images of them"
            + " again, and of new ones: a variational autoencoder, on 12,000 MNIST images that come"
            + " with the program, or on the full set of 70,000. Losses are nats per image.")
public final class AutoencoderCommand implements Callable<Integer> {
  private static final int PIXELS = Mnist.SIDE * Mnist.SIDE;
  private static final String DIVERGENCE = "divergence";

  /** The size of each half of the picture, in images. */
  private static final int COLUMNS = 10;

  private static final int ROWS = 6;
  private static final int SCALE = 2;

  @Mixin private DigitsOptions digits = new DigitsOptions();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Hidden units of encoder and decoder. Default: ${DEFAULT-VALUE}.")
  private int hidden = 400;

  @Option(
      names = "--latent",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "The numbers that an image is compressed to. Default: ${DEFAULT-VALUE}.")
  private int latent = 20;

  @Mixin private EpochOptions epochOptions = new EpochOptions(30, 128);

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions();

  /** For picocli. */
  public AutoencoderCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    Mnist mnist = digits.load(run.json());
    TensorDataset test = images(mnist.test());
    DataLoader<Tensor> training =
        DataLoader.shuffled(images(mnist.training()), epochOptions.batchSize(), run.seed());
    VariationalAutoencoder model =
        VariationalAutoencoder.of(
            PIXELS, hidden, latent, RandomStream.of(run.seed(), "initialization"));
    Optimizer optimizer =
        run.optimizer(model.parameters(), (long) epochOptions.epochs() * training.batches());
    try (Report report = run.report()) {
      run.about(report, describe(model), optimizer);
      report.about(
          "data",
          "%,d training images, %,d test images"
              .formatted(mnist.training().size(), mnist.test().size()));
      Loss<Tensor> divergence = model.divergence();
      Trainer<Tensor> trainer =
          new Trainer<>(
                  model,
                  model.reconstruction().plus(divergence),
                  optimizer,
                  run.seed(),
                  run.callbacks(new Epochs(report, AutoencoderCommand::row)))
              .measuring(DIVERGENCE, () -> new MeanLoss<>(divergence));
      History history = trainer.fit(training, test, epochOptions.epochs());
      picture.draw(() -> NoGradient.of(() -> draw(model, test.inputs())));
      Epoch last = history.last();
      report.result(
          loss("trainLoss", last.training()),
          reconstruction("trainReconstruction", last.training()),
          divergence("trainDivergence", last.training()),
          loss("testLoss", last.validated()),
          reconstruction("testReconstruction", last.validated()),
          divergence("testDivergence", last.validated()),
          Field.seconds("trainSeconds", history.seconds()),
          Field.text("weightsSha256", WeightsDigest.sha256(model.parameters())));
    }
    return 0;
  }

  /** Images as inputs and as what is to come out again, {@code [size, pixels]}. */
  private static TensorDataset images(Dataset digits) {
    Tensor images = digits.inputs().reshape(digits.size(), PIXELS);
    return new TensorDataset(images, images);
  }

  private String describe(VariationalAutoencoder model) {
    int parameters = model.parameterCount();
    return "%d-%d-%d-%2$d-%1$d, relu: %,d parameters".formatted(PIXELS, hidden, latent, parameters);
  }

  private static Field[] row(Epoch epoch) {
    return new Field[] {
      Field.count("epoch", epoch.number()),
      loss("trainLoss", epoch.training()),
      loss("testLoss", epoch.validated()),
      reconstruction("testReconstruction", epoch.validated()),
      divergence("testDivergence", epoch.validated()),
      Field.seconds("seconds", epoch.seconds())
    };
  }

  private static Field loss(String name, Evaluation evaluation) {
    return Field.number(name, evaluation.loss(), 2);
  }

  private static Field reconstruction(String name, Evaluation evaluation) {
    return Field.number(name, evaluation.loss() - evaluation.metric(DIVERGENCE), 2);
  }

  private static Field divergence(String name, Evaluation evaluation) {
    return Field.number(name, evaluation.metric(DIVERGENCE), 2);
  }

  /** On the left test images, each above its reconstruction; on the right new ones. */
  private BufferedImage draw(VariationalAutoencoder model, Tensor images) {
    List<Tensor> rows = new ArrayList<>();
    int shown = Math.min(images.shape().length(0), ROWS / 2 * COLUMNS);
    for (int from = 0; from < shown; from += COLUMNS) {
      Tensor row = images.slice(0, from, Math.min(shown, from + COLUMNS));
      rows.add(row);
      rows.add(model.reconstruct(row));
    }
    Tensor left = Tensor.concatenate(0, rows.toArray(Tensor[]::new));
    Tensor right = model.imagine(ROWS * COLUMNS, RandomStream.of(run.seed(), "prior"));
    return Pictures.beside(grid(left), grid(right));
  }

  private static BufferedImage grid(Tensor images) {
    int number = images.shape().length(0);
    return Pictures.grid(images.reshape(number, Mnist.SIDE, Mnist.SIDE), COLUMNS, SCALE);
  }
}
