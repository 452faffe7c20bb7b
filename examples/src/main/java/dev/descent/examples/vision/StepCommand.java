package dev.descent.examples.vision;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.Numbers;
import dev.descent.examples.cli.RunOptions;
import dev.descent.examples.report.Field;
import dev.descent.examples.report.Report;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Conv2d;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.MaxPool2d;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.train.WeightsDigest;
import dev.descent.optim.Optimizer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures training steps on images of the size that is usual for photographs. */
@Command(
    name = "step",
    sortOptions = false,
    sortSynopsis = false,
    description =
        "Take training steps on images of 224 x 224 pixels and 1,000 classes, and tell what a step"
            + " takes of time and memory: three convolutions with 32, 64 and 128 channels, each"
            + " with relu and pooling, and two linear layers. The images are noise: nothing is"
            + " learned.")
public final class StepCommand implements Callable<Integer> {
  private static final int SIDE = 224;
  private static final int COLOURS = 3;
  private static final int[] CHANNELS = {32, 64, 128};
  private static final int HIDDEN = 512;
  private static final int CLASSES = 1000;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Images per step. Default: ${DEFAULT-VALUE}.")
  private int batchSize = 32;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many steps; the first, in which Java warms up, does not count if there are more."
              + " Default: ${DEFAULT-VALUE}.")
  private int steps = 6;

  @Mixin private RunOptions run = new RunOptions();

  /** For picocli. */
  public StepCommand() {}

  @Override
  public Integer call() {
    run.begin();
    Layer model = network(RandomStream.of(run.seed(), "initialization"));
    Optimizer optimizer = run.optimizer(model.parameters(), steps);
    RandomStream random = RandomStream.of(run.seed(), "images");
    Tensor images = noise(Shape.of(batchSize, COLOURS, SIDE, SIDE), random);
    Indices labels =
        Indices.of(IntStream.range(0, batchSize).map(_ -> random.nextInt(CLASSES)).toArray());
    double[] seconds = new double[steps];
    try (Report report = run.report()) {
      run.about(report, describe(model), optimizer);
      report.about("data", "%d images of noise, %d x %d".formatted(batchSize, SIDE, SIDE));
      for (int i = 0; i < steps; i++) {
        long start = System.nanoTime();
        Tensor logits = model.forward(images, Pass.training(run.seed(), i));
        Tensor loss = new CrossEntropy().of(logits, labels);
        optimizer.clearGradients();
        loss.backward();
        optimizer.step();
        seconds[i] = (System.nanoTime() - start) / 1e9;
        run.observe(loss.item());
        report.row(
            Field.count("step", i + 1),
            Field.number("loss", loss.item(), 4),
            Field.seconds("seconds", seconds[i]));
      }
      double median = median(steps == 1 ? seconds : Arrays.copyOfRange(seconds, 1, steps));
      report.result(
          Field.seconds("secondsPerStep", median),
          Field.number("imagesPerSecond", batchSize / median, 1),
          Field.number("peakMegabytes", PeakMemory.megabytes(), 0),
          Field.text("weightsSha256", WeightsDigest.sha256(model.parameters())));
    }
    return 0;
  }

  /** The network before training, {@code [batch, 3, 224, 224] -> [batch, 1000]}. */
  private static Layer network(RandomStream random) {
    Layer[] layers = new Layer[3 * CHANNELS.length + 4];
    int in = COLOURS;
    int side = SIDE;
    int i = 0;
    for (int out : CHANNELS) {
      layers[i++] = Conv2d.of(in, out, Window.of(3).padding(1), random);
      layers[i++] = Activation.RELU;
      layers[i++] = MaxPool2d.of(2);
      in = out;
      side /= 2;
    }
    layers[i++] = new Flatten();
    layers[i++] = Linear.of(in * side * side, HIDDEN, random);
    layers[i++] = Activation.RELU;
    layers[i] = Linear.of(HIDDEN, CLASSES, random);
    return Sequential.of(layers);
  }

  private static Tensor noise(Shape shape, RandomStream random) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.of(shape, values);
  }

  private static String describe(Layer model) {
    int parameters = model.parameterCount();
    return "3x3x32, relu, pool, 3x3x64, relu, pool, 3x3x128, relu, pool, 512-1000, relu: %,d parameters"
        .formatted(parameters);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
