package dev.descent.examples.mnist;

import dev.descent.nn.data.IdxArray;
import dev.descent.nn.data.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Makes the embedded digits from the full MNIST set. The README beside the embedded files tells how
 * to run it.
 */
final class SelectDigits {
  private static final int TRAINING_STEP = 6;
  private static final int TEST_STEP = 5;

  private SelectDigits() {}

  /**
   * Writes the selection.
   *
   * @param arguments the directory with the canonical four files, compressed; the directory to
   *     write
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("expected two arguments: directory with MNIST, directory to write");
      System.exit(2);
    }
    select(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  static void select(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    select(from, to, Mnist.TRAINING_IMAGES, TRAINING_STEP);
    select(from, to, Mnist.TRAINING_LABELS, TRAINING_STEP);
    select(from, to, Mnist.TEST_IMAGES, TEST_STEP);
    select(from, to, Mnist.TEST_LABELS, TEST_STEP);
  }

  private static void select(Path from, Path to, String name, int step) {
    IdxArray all = IdxArray.read(from.resolve(name + ".gz"));
    int[] rows = IntStream.iterate(0, i -> i < all.shape().length(0), i -> i + step).toArray();
    all.rows(rows).write(to.resolve(name + ".gz"));
  }
}
