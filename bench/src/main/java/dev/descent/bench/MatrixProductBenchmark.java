package dev.descent.bench;

import dev.descent.core.op.MatMul;
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

/** The matrix product {@code [m, k] x [k, n]}, written into an array that is there already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatrixProductBenchmark {
  /** m x k x n: squares, and the products of training two perceptrons. */
  @Param({
    "64x64x64",
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "2048x2048x2048",
    "32x784x128",
    "128x784x512",
    "128x512x512",
    "32x128x10"
  })
  public String shape = "";

  /** Whether the left factor lies in memory as it is, or as its transpose. */
  @Param({"plain", "transposed"})
  public String left = "";

  /** Whether the right factor lies in memory as it is, or as its transpose. */
  @Param({"plain", "transposed"})
  public String right = "";

  private Work work = Work.NONE;

  /** For JMH. */
  public MatrixProductBenchmark() {}

  /** Makes the factors. */
  @Setup
  public void setUp() {
    work = work(shape, left, right);
  }

  /** The operation with its checks of the shapes. */
  @Benchmark
  public void product() {
    work.run();
  }

  /** Reads both factors once. */
  @Benchmark
  public float control() {
    return work.control();
  }

  static Work work(String shape, String left, String right) {
    String[] lengths = shape.split("x", -1);
    int m = Integer.parseInt(lengths[0]);
    int k = Integer.parseInt(lengths[1]);
    int n = Integer.parseInt(lengths[2]);
    boolean transposeLeft = left.equals("transposed");
    boolean transposeRight = right.equals("transposed");
    Tensor a = transposeLeft ? Inputs.normal(k, m) : Inputs.normal(m, k);
    Tensor b = transposeRight ? Inputs.normal(n, k) : Inputs.normal(k, n);
    float[] result = new float[m * n];
    return new Work(
        () -> new MatMul(a, b, transposeLeft, transposeRight).forward(result, 0), List.of(a, b));
  }
}
