package dev.descent.bench;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Pass;
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
 * One training step of a {@link Network}: clear gradients, forward, cross-entropy, backward, Adam.
 * The batches are made beforehand and used in turn; picking them is not measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrainingStepBenchmark {
  /** The widths of the layers, perhaps with a norm, or a network of another kind. */
  @Param({
    "784-128-10",
    "784-512-512-10",
    "784-512-512-10+batch-norm",
    "784-512-512-10+layer-norm",
    "cnn",
    "lstm",
    "gru",
    "encoder"
  })
  public String network = "";

  /** The number of examples in a batch. */
  @Param({"16", "32", "64", "128"})
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
    Network chosen = Network.of(network, random);
    Layer model = chosen.model();
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam());
    List<Batch<Indices>> batches = batches(chosen, batchSize, random);
    List<Tensor> inputs = new ArrayList<>(model.parameters().values());
    inputs.add(batches.getFirst().inputs());
    return new Work(
        () -> {
          Batch<Indices> batch = batches.get((int) (optimizer.stepsTaken() % batches.size()));
          Pass pass = Pass.training(1, optimizer.stepsTaken());
          optimizer.clearGradients();
          Tensor logits = model.forward(batch.inputs(), pass);
          new CrossEntropy().of(logits, batch.targets()).backward();
          optimizer.step();
        },
        inputs);
  }

  private static List<Batch<Indices>> batches(Network network, int size, RandomStream random) {
    List<Batch<Indices>> batches = new ArrayList<>();
    Shape shape = network.example().prepend(size);
    for (int first = 0; first < network.examples(); first += size) {
      float[] pixels = new float[shape.size()];
      int[] labels = new int[size];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      Arrays.setAll(labels, i -> random.nextInt(Network.CLASSES));
      batches.add(new Batch<>(Tensor.of(shape, pixels), Indices.of(labels)));
    }
    return batches;
  }
}
