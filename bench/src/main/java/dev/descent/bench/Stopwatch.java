package dev.descent.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Times work as {@code bench/pytorch/common.py} does: after a warm-up in samples, each of which
 * repeats the work until it has lasted about a millisecond (once, if one repetition takes longer)
 * and yields the mean time of a repetition. Here the warm-up also lasts until the JVM has compiled
 * the work.
 */
final class Stopwatch {
  private static final double SAMPLE_SECONDS = 1e-3;
  private static final int MINIMUM_SAMPLES = 5;

  /** What is not compiled after so many seconds of work will not be. */
  private static final double COMPILER_QUIET_SECONDS = 0.2;

  private static final double MAXIMUM_WARM_UP_SECONDS = 60;

  private Stopwatch() {}

  /**
   * What the samples came to.
   *
   * @param median the median sample, in seconds
   * @param fastest the fastest sample, in seconds
   */
  record Timing(double median, double fastest) {}

  /**
   * Warms up for at least a quarter of the time, then measures.
   *
   * @param seconds how long to measure; at least five samples are taken, however long they last
   * @throws IllegalStateException if the compiler is still busy after a minute
   */
  static Timing measure(Runnable work, double seconds) {
    int repetitions = warmUp(work, seconds / 4);
    List<Double> samples = new ArrayList<>();
    double end = now() + seconds;
    while (now() < end || samples.size() < MINIMUM_SAMPLES) {
      samples.add(repeat(work, repetitions) / repetitions);
    }
    samples.sort(null);
    int half = samples.size() / 2;
    double median =
        samples.size() % 2 == 1
            ? samples.get(half)
            : (samples.get(half - 1) + samples.get(half)) / 2;
    return new Timing(median, samples.getFirst());
  }

  /** Gives the number of repetitions that make a sample. */
  private static int warmUp(Runnable work, double seconds) {
    Compiler compiler = new Compiler();
    int repetitions = 1;
    double start = now();
    double quietSince = start;
    double elapsed;
    do {
      elapsed = repeat(work, repetitions);
      if (elapsed < SAMPLE_SECONDS) {
        repetitions *= 2;
      }
      if (!compiler.wasIdle()) {
        quietSince = now();
      }
      if (now() > start + MAXIMUM_WARM_UP_SECONDS) {
        throw new IllegalStateException("the JVM's compiler is busy after a minute of warm-up");
      }
    } while (elapsed < SAMPLE_SECONDS
        || now() < start + seconds
        || now() < quietSince + COMPILER_QUIET_SECONDS);
    return repetitions;
  }

  private static double repeat(Runnable work, int times) {
    double start = now();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return now() - start;
  }

  private static double now() {
    return System.nanoTime() / 1e9;
  }
}
