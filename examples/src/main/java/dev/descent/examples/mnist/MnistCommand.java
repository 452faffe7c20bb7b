package dev.descent.examples.mnist;

import dev.descent.core.tensor.Indices;
import dev.descent.examples.cli.EpochOptions;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.cli.Terminal;
import dev.descent.examples.report.Epochs;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.augmentation.RandomRotation;
import dev.descent.nn.augmentation.RandomScale;
import dev.descent.nn.augmentation.RandomShift;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.ConfusionMatrix;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Epoch;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.TrainingException;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network to read handwritten digits. */
@Command(
    name = "mnist",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Train a network to read handwritten digits: on 12,000 MNIST images that come with the"
            + " program, or on the full set of 70,000.")
public final class MnistCommand implements Callable<Integer> {
  @Mixin private DigitsOptions digits = new DigitsOptions();

  @Mixin private ModelOptions modelOptions = new ModelOptions();

  @Option(
      names = "--augment",
      description =
          "Change the training images a little each time: move them by up to 2 pixels, turn them by"
              + " up to 10 degrees, make them up to a tenth larger or smaller.")
  private boolean augment;

  @Mixin private EpochOptions epochOptions = new EpochOptions(10, 32);

  @Option(
      names = "--until",
      paramLabel = "ACCURACY",
      converter = Numbers.Share.class,
      description =
          "Stop as soon as this share of the test images is read right, such as 0.97. They are"
              + " read every 100 steps for it.")
  private @Nullable Double until;

  @Mixin private CheckpointOptions checkpointOptions = new CheckpointOptions();

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions();

  /** For picocli. */
  public MnistCommand() {}

  /** Called by picocli. */
  @Spec
  void command(CommandSpec spec) {
    List<String> footer = new ArrayList<>(RunOptions.help());
    footer.addAll(
        List.of(
            "",
            "Examples:",
            "  descent mnist",
            "  descent mnist --optimizer momentum --set learningRate=0.01 --epochs 3",
            "  descent mnist --schedule cosine --warmup 300",
            "  descent mnist --weight-decay 0.01 --clip-norm 1",
            "  descent mnist --hidden 128 --dropout 0.2 --optimizer adagrad",
            "  descent mnist --model cnn --batch-size 64",
            "  descent mnist --model cnn --augment --schedule cosine --download",
            "  descent mnist --model lstm --batch-size 64",
            "  descent mnist --checkpoint run.safetensors --save digits.safetensors",
            "  descent mnist --download --hidden 128 --dropout 0 --json"));
    spec.usageMessage().footer(footer.toArray(String[]::new));
  }

  @Override
  public Integer call() {
    run.begin();
    checkpointOptions.begin();
    picture.begin();
    int epochs = epochOptions.epochs();
    Mnist mnist = digits.load(run.json());
    Layer model = modelOptions.make(run.seed());
    DataLoader<Indices> training = training(mnist);
    Optimizer optimizer = run.optimizer(model.parameters(), (long) epochs * training.batches());
    SequencedMap<String, String> settings = settings(mnist, optimizer);
    List<Epoch> before = checkpointOptions.restore(model, optimizer, settings, epochs);
    try (Report report = run.report()) {
      run.about(report, modelOptions.describe(model), optimizer);
      report.about(
          "data",
          "%,d training images, %,d test images"
              .formatted(mnist.training().size(), mnist.test().size()));
      List<Callback> callbacks = new ArrayList<>(List.of(new Epochs(report, Epochs::ofClassifier)));
      if (until != null) {
        callbacks.add(new TargetAccuracy(until, model, optimizer, mnist.test()));
      }
      callbacks.addAll(checkpointOptions.callbacks(model, optimizer, before, settings));
      Trainer<Indices> trainer =
          new Trainer<>(
                  model,
                  new CrossEntropy(),
                  optimizer,
                  run.seed(),
                  run.callbacks(callbacks.toArray(Callback[]::new)))
              .measuring(Evaluation.ACCURACY, () -> new ConfusionMatrix(Mnist.CLASSES));
      History history =
          trainer.fit(training, mnist.test(), checkpointOptions.lastEpoch(epochs), before);
      checkpointOptions.save(model, optimizer);
      Evaluation test = history.last().validated();
      if (!run.json()) {
        Confusions.lines(test.confusion()).forEach(report::line);
        new MisreadDigits(model, mnist.test())
            .lines(Terminal.columns(), Terminal.showsBlocks())
            .forEach(report::line);
      }
      picture.draw(() -> LearningPicture.draw(history, new MisreadDigits(model, mnist.test())));
      report.result(
          Field.percent("testAccuracy", test.accuracy()),
          Field.seconds("trainSeconds", history.seconds()),
          Field.number("imagesPerSecond", history.examples() / history.seconds(), 0),
          Field.text("weightsSha256", WeightsDigest.sha256(model.parameters())));
      checkTarget(test.accuracy(), history);
    }
    return 0;
  }

  private DataLoader<Indices> training(Mnist mnist) {
    DataLoader<Indices> batches =
        DataLoader.shuffled(mnist.training(), epochOptions.batchSize(), run.seed());
    return augment
        ? batches
            .augmented(
                run.seed(),
                new RandomShift(2, 2),
                new RandomRotation(10),
                new RandomScale(0.9f, 1.1f))
            .prefetched(2)
        : batches;
  }

  /** All that the weights depend on, by the names of the options; nothing if no file needs it. */
  private SequencedMap<String, String> settings(Mnist mnist, Optimizer optimizer) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    if (checkpointOptions.needSettings()) {
      settings.put("--data", DigitsOptions.describe(mnist.training()));
      modelOptions.addTo(settings);
      settings.put("--augment", Boolean.toString(augment));
      settings.put("--batch-size", Integer.toString(epochOptions.batchSize()));
      run.addTo(settings, optimizer);
    }
    return settings;
  }

  private void checkTarget(double accuracy, History history) {
    if (until != null && accuracy < until) {
      throw new TrainingException(
          "test accuracy is %s after epoch %d; expected %s, as --until says"
              .formatted(accuracy, history.last().number(), until));
    }
  }
}
