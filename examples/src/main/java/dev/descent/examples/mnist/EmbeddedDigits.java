package dev.descent.examples.mnist;

import dev.descent.nn.data.DataException;
import dev.descent.nn.data.IdxArray;
import dev.descent.nn.data.Mnist;
import java.io.InputStream;

/**
 * Real MNIST digits that come with the program: every sixth of the 60,000 training images and every
 * fifth of the 10,000 test images, with their labels. The README beside the files tells where they
 * come from and how they were selected.
 */
public final class EmbeddedDigits {
  private static final String FOLDER = "/dev/descent/examples/digits/";

  private EmbeddedDigits() {}

  /**
   * Reads the digits: 10,000 to train on and 2,000 to test with, pixels from 0 to 1.
   *
   * @throws DataException if the program was packed without them
   */
  public static Mnist load() {
    return Mnist.of(
        read(Mnist.TRAINING_IMAGES),
        read(Mnist.TRAINING_LABELS),
        read(Mnist.TEST_IMAGES),
        read(Mnist.TEST_LABELS));
  }

  /** One of the files, by its canonical name without {@code .gz}. */
  static IdxArray read(String name) {
    String resource = FOLDER + name + ".gz";
    InputStream in = EmbeddedDigits.class.getResourceAsStream(resource);
    if (in == null) {
      throw new DataException(resource, "no such resource; expected an embedded IDX file");
    }
    return IdxArray.read(resource, in);
  }
}
