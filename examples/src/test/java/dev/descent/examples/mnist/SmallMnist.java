package dev.descent.examples.mnist;

import dev.descent.nn.data.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** A directory with the four files, short: 300 training images and 100 test images. */
public final class SmallMnist {
  private SmallMnist() {}

  /** Writes them, and returns the directory. */
  public static Path write(Path directory) throws IOException {
    Files.createDirectories(directory);
    int[] training = IntStream.range(0, 300).toArray();
    int[] test = IntStream.range(0, 100).toArray();
    write(directory, Mnist.TRAINING_IMAGES, training);
    write(directory, Mnist.TRAINING_LABELS, training);
    write(directory, Mnist.TEST_IMAGES, test);
    write(directory, Mnist.TEST_LABELS, test);
    return directory;
  }

  private static void write(Path directory, String name, int[] rows) {
    EmbeddedDigits.read(name).rows(rows).write(directory.resolve(name));
  }
}
