package dev.descent.examples.vision;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.examples.cli.EpochOptions;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.PictureOptions;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.report.Epochs;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.augmentation.RandomFlip;
import dev.descent.nn.augmentation.RandomShift;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.ElementType;
import dev.descent.nn.data.NpyArray;
import dev.descent.nn.data.Npz;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.Accuracy;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.History;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Adam;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a residual network to name figures in pictures. */
@Command(
    name = "vision",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Train a residual network to tell ten figures apart in colour pictures of 32 x 32 pixels,"
            + " painted by the program: any size, place, direction and colour, amid clutter and"
            + " noise. Beside it, what a linear model makes of them.",
    subcommands = StepCommand.class)
public final class VisionCommand implements Callable<Integer> {
  private static final int CHANNELS = 24;
  private static final int BLOCKS = 2;
  private static final int TEST_PICTURES = 2000;
  private static final int LINEAR_EPOCHS = 5;
  private static final double LINEAR_LEARNING_RATE = 0.0003;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Pictures to learn from. Default: ${DEFAULT-VALUE}.")
  private int pictures = 16_000;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "Write all pictures and what they show to a .npz file, for NumPy.")
  private @Nullable Path export;

  @Mixin private EpochOptions epochOptions = new EpochOptions(8, 64);

  @Mixin private PictureOptions picture = new PictureOptions();

  @Mixin private RunOptions run = new RunOptions("adam", 0.003, "cosine");

  /** For picocli. */
  public VisionCommand() {}

  @Override
  public Integer call() {
    run.begin();
    picture.begin();
    Dataset training = Renderer.render("training", pictures);
    Dataset test = Renderer.render("test", TEST_PICTURES);
    if (export != null) {
      Npz.write(export, arrays(training, test));
    }
    Layer model = ResidualNetwork.of(CHANNELS, BLOCKS, test.classes(), random());
    DataLoader<Indices> batches =
        DataLoader.shuffled(training, epochOptions.batchSize(), run.seed())
            .augmented(run.seed(), new RandomFlip(0.5), new RandomShift(2, 2));
    Optimizer optimizer =
        run.optimizer(model.parameters(), (long) epochOptions.epochs() * batches.batches());
    try (Report report = run.report()) {
      run.about(report, describe(model), optimizer);
      report.about(
          "data",
          "%,d training pictures, %,d test pictures".formatted(training.size(), test.size()));
      Callback[] callbacks = run.callbacks(new Epochs(report, Epochs::ofClassifier));
      Trainer<Indices> trainer = trainer(model, optimizer, callbacks);
      History history = trainer.fit(batches, test, epochOptions.epochs());
      double linearAccuracy = linearAccuracy(training, test);
      picture.draw(() -> ReadPictures.draw(test, trainer.predict(test.inputs()).argmax(1)));
      report.result(
          Field.percent("testAccuracy", history.last().validated().accuracy()),
          Field.percent("linearTestAccuracy", linearAccuracy),
          Field.seconds("trainSeconds", history.seconds()),
          Field.number("picturesPerSecond", history.examples() / history.seconds(), 0),
          Field.text("weightsSha256", WeightsDigest.sha256(model.parameters())));
    }
    return 0;
  }

  private RandomStream random() {
    return RandomStream.of(run.seed(), "initialization");
  }

  private Trainer<Indices> trainer(Layer model, Optimizer optimizer, Callback... callbacks) {
    return new Trainer<>(model, new CrossEntropy(), optimizer, run.seed(), callbacks)
        .measuring(Evaluation.ACCURACY, Accuracy::new);
  }

  /** What a linear model of all pixels makes of the same pictures. */
  private double linearAccuracy(Dataset training, Dataset test) {
    int pixels = training.inputs().shape().without(0).size();
    Layer linear = Sequential.of(new Flatten(), Linear.of(pixels, test.classes(), random()));
    Optimizer adam = new Optimizer(linear.parameters(), new Adam(), LINEAR_LEARNING_RATE);
    DataLoader<Indices> batches =
        DataLoader.shuffled(training, epochOptions.batchSize(), run.seed());
    Trainer<Indices> trainer = trainer(linear, adam);
    trainer.fit(batches, null, LINEAR_EPOCHS);
    return trainer.evaluate(test).accuracy();
  }

  private static String describe(Layer model) {
    int parameters = model.parameterCount();
    return "5x5x%d, %d residual blocks, mean, linear, relu: %,d parameters"
        .formatted(CHANNELS, BLOCKS, parameters);
  }

  private static Map<String, NpyArray> arrays(Dataset training, Dataset test) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("training_pictures", NpyArray.of(training.inputs()));
    arrays.put("training_labels", labels(training));
    arrays.put("test_pictures", NpyArray.of(test.inputs()));
    arrays.put("test_labels", labels(test));
    return arrays;
  }

  private static NpyArray labels(Dataset data) {
    double[] labels = IntStream.range(0, data.size()).mapToDouble(data.labels()::get).toArray();
    return NpyArray.of(ElementType.INT64, Shape.of(labels.length), labels);
  }
}
