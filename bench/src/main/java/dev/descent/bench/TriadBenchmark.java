package dev.descent.bench;

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
 * {@code a = b + s c} over 10 million elements (McCalpin's STREAM triad): how fast this machine
 * moves memory, the yardstick of an optimizer step on parameters that do not fit the cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TriadBenchmark {
  /** The length of each array. */
  @Param("10M")
  public String size = "";

  private Work work = Work.NONE;

  /** For JMH. */
  public TriadBenchmark() {}

  /** Makes the arrays. */
  @Setup
  public void setUp() {
    work = work(size);
  }

  /** The triad. */
  @Benchmark
  public void triad() {
    work.run();
  }

  /** Reads both inputs once. */
  @Benchmark
  public float control() {
    return work.control();
  }

  static Work work(String size) {
    int elements =
        switch (size) {
          case "100k" -> 100_000;
          case "10M" -> 10_000_000;
          default -> throw new IllegalArgumentException("no size " + size);
        };
    Tensor b = Inputs.normal(elements);
    Tensor c = Inputs.normal(elements);
    float[] a = new float[elements];
    return new Work(() -> triad(a, b.array(), 3, c.array()), List.of(b, c));
  }

  /** The compiler turns this loop into vector instructions. */
  private static void triad(float[] a, float[] b, float s, float[] c) {
    for (int i = 0; i < a.length; i++) {
      a[i] = b[i] + s * c[i];
    }
  }
}
