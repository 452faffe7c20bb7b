package dev.descent.bench;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Conv2d;
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
import dev.descent.optim.rule.Adam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One training step of a multilayer perceptron, a small convolutional network or recurrent cells
 * that read an image row by row: clear gradients, forward, cross-entropy, backward, Adam. The
 * batches are made beforehand and used in turn; picking them is not measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrainingStepBenchmark {
  private static final int IMAGES = 12_800;
  private static final int CLASSES = 10;
  private static final int CELLS = 128;
  private static final String CONVOLUTIONAL = "cnn";
  private static final String LSTM = "lstm";
  private static final String GRU = "gru";

  /** The widths of the layers, or another network, for images of 28 x 28. */
  @Param({"784-128-10", "784-512-512-10", CONVOLUTIONAL, LSTM, GRU})
  public String network = "";

  /** The number of images in a batch. */
  @Param({"32", "64", "128"})
  public int batch = 0;

  private Work work = Work.NONE;

  /** For JMH. */
  public TrainingStepBenchmark() {}

  /** Makes the network and the batches. */
  @Setup
  public void setUp() {
    work = work(network, batch);
  }

  /** One step. */
  @Benchmark
  public void step() {
    work.run();
  }

  /** Reads the network's parameters and a batch once. */
  @Benchmark
  public float control() {
    return work.control();
  }

  static Work work(String network, int batchSize) {
    RandomStream random = RandomStream.of(1, "benchmark");
    Layer model = model(network, random);
    Shape batchShape = image(network).prepend(batchSize);
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam());
    List<Batch> batches = batches(batchShape, random);
    List<Tensor> inputs = new ArrayList<>(model.parameters().values());
    inputs.add(batches.getFirst().inputs());
    return new Work(
        () -> {
          Batch batch = batches.get((int) (optimizer.stepsTaken() % batches.size()));
          Pass pass = Pass.training(1, optimizer.stepsTaken());
          optimizer.clearGradients();
          Tensor logits = model.forward(batch.inputs(), pass);
          new CrossEntropy().of(logits, batch.labels()).backward();
          optimizer.step();
        },
        inputs);
  }

  private static Layer model(String network, RandomStream random) {
    return switch (network) {
      case CONVOLUTIONAL -> convolutional(random);
      case LSTM -> recurrent(Lstm.of(28, CELLS, random).lastOnly(), random);
      case GRU -> recurrent(Gru.of(28, CELLS, random).lastOnly(), random);
      default -> perceptron(widths(network), random);
    };
  }

  private static Shape image(String network) {
    return switch (network) {
      case CONVOLUTIONAL -> Shape.of(1, 28, 28);
      case LSTM, GRU -> Shape.of(28, 28);
      default -> Shape.of(widths(network)[0]);
    };
  }

  private static Layer recurrent(Layer cells, RandomStream random) {
    return Sequential.of(cells, Linear.of(CELLS, CLASSES, random));
  }

  private static int[] widths(String network) {
    return Arrays.stream(network.split("-", -1)).mapToInt(Integer::parseInt).toArray();
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

  private static Layer perceptron(int[] widths, RandomStream random) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < widths.length; i++) {
      if (i > 1) {
        layers.add(Activation.RELU);
      }
      layers.add(Linear.of(widths[i - 1], widths[i], random));
    }
    return new Sequential(layers);
  }

  private static List<Batch> batches(Shape shape, RandomStream random) {
    List<Batch> batches = new ArrayList<>();
    int size = shape.length(0);
    for (int first = 0; first < IMAGES; first += size) {
      float[] pixels = new float[shape.size()];
      int[] labels = new int[size];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      Arrays.setAll(labels, i -> random.nextInt(CLASSES));
      batches.add(new Batch(Tensor.of(shape, pixels), Indices.of(labels)));
    }
    return batches;
  }
}
