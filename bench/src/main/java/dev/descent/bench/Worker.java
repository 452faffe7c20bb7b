package dev.descent.bench;

import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Machine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Descent's side of {@code bench/compare}; PyTorch's is {@code bench/pytorch/worker.py}. Says what
 * it runs on, then answers each line of standard input, seconds and a case such as {@code 0.2
 * matmul 64x64x64 plain transposed}, with a line of two numbers: the median and the fastest sample
 * in microseconds. Other words than numbers are an error. Ends with its input.
 */
public final class Worker {
  private Worker() {}

  /** Answers until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    System.out.printf(
        "JDK %s (%s), %s, threads %d%n",
        Runtime.version(),
        System.getProperty("java.vendor"),
        Kernels.describe(),
        Machine.threads());
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String request;
    while ((request = requests.readLine()) != null) {
      System.out.println(answer(request));
    }
  }

  private static String answer(String request) {
    try {
      String[] words = request.split(" ", -1);
      Stopwatch.Timing timing = Stopwatch.measure(work(words).body(), Double.parseDouble(words[0]));
      return "%.3f %.3f".formatted(timing.median() * 1e6, timing.fastest() * 1e6);
    } catch (RuntimeException | OutOfMemoryError e) {
      return e.toString().replaceAll("\\s*\\R\\s*", " ");
    }
  }

  private static Work work(String[] words) {
    return switch (words[1]) {
      case "matmul" -> MatrixProductBenchmark.work(words[2], words[3], words[4]);
      case "elementwise" -> ElementwiseBenchmark.work(words[2], words[3]);
      case "optimizer-step" -> OptimizerStepBenchmark.work(words[2], words[3]);
      case "training-step" -> TrainingStepBenchmark.work(words[2], Integer.parseInt(words[3]));
      case "triad" -> TriadBenchmark.work(words[2], Integer.parseInt(words[3]));
      default -> throw new IllegalArgumentException("no work " + words[1]);
    };
  }
}
