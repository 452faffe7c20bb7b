package dev.descent.bench;

import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
 * {@code a = a + s g} over 10 million elements, for one to five arrays {@code a} in one pass: the
 * triad of McCalpin's STREAM on the arrays that an optimizer step goes over, parameters and slots.
 * No update can be faster than this.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TriadBenchmark {
  private static final float S = 1e-3f;

  /** The length of each array. */
  @Param("10M")
  public String size = "";

  /** How many arrays are updated: the parameters, and the slots of the rule. */
  @Param({"1", "2", "3", "4", "5"})
  public int updated = 0;

  private Work work = Work.NONE;

  /** For JMH. */
  public TriadBenchmark() {}

  /** Makes the arrays. */
  @Setup
  public void setUp() {
    work = work(size, updated);
  }

  /** The triad. */
  @Benchmark
  public void triad() {
    work.run();
  }

  /** Reads all arrays once. */
  @Benchmark
  public float control() {
    return work.control();
  }

  static Work work(String size, int updated) {
    int elements =
        switch (size) {
          case "100k" -> 100_000;
          case "10M" -> 10_000_000;
          default -> throw new IllegalArgumentException("no size " + size);
        };
    List<Tensor> arrays =
        Stream.generate(() -> Inputs.normal(elements)).limit(updated + 1).toList();
    float[][] a = arrays.stream().map(Tensor::array).toArray(float[][]::new);
    Runnable triad =
        switch (updated) {
          case 1 -> () -> triad(a[0], a[1]);
          case 2 -> () -> triad(a[0], a[1], a[2]);
          case 3 -> () -> triad(a[0], a[1], a[2], a[3]);
          case 4 -> () -> triad(a[0], a[1], a[2], a[3], a[4]);
          case 5 -> () -> triad(a[0], a[1], a[2], a[3], a[4], a[5]);
          default -> throw new IllegalArgumentException("updated is " + updated + "; expected 1-5");
        };
    return new Work(triad, arrays);
  }

  // The compiler turns these loops into vector instructions.

  private static void triad(float[] a, float[] g) {
    for (int i = 0; i < g.length; i++) {
      a[i] += S * g[i];
    }
  }

  private static void triad(float[] a, float[] b, float[] g) {
    for (int i = 0; i < g.length; i++) {
      a[i] += S * g[i];
      b[i] += S * g[i];
    }
  }

  private static void triad(float[] a, float[] b, float[] c, float[] g) {
    for (int i = 0; i < g.length; i++) {
      a[i] += S * g[i];
      b[i] += S * g[i];
      c[i] += S * g[i];
    }
  }

  private static void triad(float[] a, float[] b, float[] c, float[] d, float[] g) {
    for (int i = 0; i < g.length; i++) {
      a[i] += S * g[i];
      b[i] += S * g[i];
      c[i] += S * g[i];
      d[i] += S * g[i];
    }
  }

  private static void triad(float[] a, float[] b, float[] c, float[] d, float[] e, float[] g) {
    for (int i = 0; i < g.length; i++) {
      a[i] += S * g[i];
      b[i] += S * g[i];
      c[i] += S * g[i];
      d[i] += S * g[i];
      e[i] += S * g[i];
    }
  }
}
