package dev.descent.bench;

import dev.descent.core.autodiff.Op;
import dev.descent.core.op.Exp;
import dev.descent.core.op.Gelu;
import dev.descent.core.op.LayerNorm;
import dev.descent.core.op.LogSoftmax;
import dev.descent.core.op.Sigmoid;
import dev.descent.core.op.Softmax;
import dev.descent.core.op.Tanh;
import dev.descent.core.tensor.Tensor;
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
 * Functions of each element, and softmax and layer norm along rows of 1000, written into an array
 * that is there already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ElementwiseBenchmark {
  private static final int ROW = 1000;

  /** 100 thousand elements stay in the cache, 10 million do not. */
  @Param({"100k", "10M"})
  public String size = "";

  /** The function. */
  @Param({"exp", "tanh", "sigmoid", "gelu", "softmax", "log-softmax", "layer-norm"})
  public String operation = "";

  private Work work = Work.NONE;

  /** For JMH. */
  public ElementwiseBenchmark() {}

  /** Makes the input. */
  @Setup
  public void setUp() {
    work = work(size, operation);
  }

  /** The function of every element. */
  @Benchmark
  public void forward() {
    work.run();
  }

  /** Reads the input once. */
  @Benchmark
  public float control() {
    return work.control();
  }

  static Work work(String size, String operation) {
    int elements =
        switch (size) {
          case "100k" -> 100_000;
          case "10M" -> 10_000_000;
          default -> throw new IllegalArgumentException("no size " + size);
        };
    Tensor x = Inputs.normal(elements / ROW, ROW);
    Op op =
        switch (operation) {
          case "exp" -> new Exp(x);
          case "tanh" -> new Tanh(x);
          case "sigmoid" -> new Sigmoid(x);
          case "gelu" -> new Gelu(x);
          case "softmax" -> new Softmax(x);
          case "log-softmax" -> new LogSoftmax(x);
          case "layer-norm" -> new LayerNorm(x, Inputs.normal(ROW), Inputs.normal(ROW), 1e-5f);
          default -> throw new IllegalArgumentException("no operation " + operation);
        };
    float[] result = new float[elements];
    return new Work(() -> op.forward(result, 0), List.of(x));
  }
}
