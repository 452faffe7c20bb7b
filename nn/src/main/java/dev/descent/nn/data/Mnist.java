package dev.descent.nn.data;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Handwritten digits as LeCun, Cortes and Burges published them, or any set in the same form, such
 * as Fashion-MNIST: images of 28 x 28 pixels in ten classes.
 *
 * <p>Pixels are scaled here, once, from 0..255 to 0..1 (background 0, ink 1), as PyTorch's {@code
 * ToTensor} does; {@link Dataset#normalized} with {@link #MEAN} and {@link #DEVIATION} goes further
 * for whoever wants it.
 *
 * @param training the examples to learn from: inputs {@code [size, 28, 28]}
 * @param test the examples to measure accuracy with: inputs {@code [size, 28, 28]}
 */
public record Mnist(Dataset training, Dataset test) {
  /** The canonical name of the training images' file, without {@code .gz}. */
  public static final String TRAINING_IMAGES = "train-images-idx3-ubyte";

  /** The canonical name of the training labels' file, without {@code .gz}. */
  public static final String TRAINING_LABELS = "train-labels-idx1-ubyte";

  /** The canonical name of the test images' file, without {@code .gz}. */
  public static final String TEST_IMAGES = "t10k-images-idx3-ubyte";

  /** The canonical name of the test labels' file, without {@code .gz}. */
  public static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** The number of classes, one per digit. */
  public static final int CLASSES = 10;

  /** The height and width of an image in pixels. */
  public static final int SIDE = 28;

  /** The mean of all scaled pixels of MNIST's 60,000 training images. */
  public static final float MEAN = 0.1307f;

  /** The standard deviation of all scaled pixels of MNIST's 60,000 training images. */
  public static final float DEVIATION = 0.3081f;

  /**
   * Reads the four canonical files from a directory, each plain or, with {@code .gz} added to its
   * name, compressed; the plain one wins where there are both.
   *
   * @throws DataException if the directory or a file is missing or a file does not hold what it
   *     should: images of 28 x 28 unsigned bytes, at least one, and as many labels from 0 to 9
   */
  public static Mnist load(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new DataException(
          directory.toString(),
          (Files.exists(directory) ? "not a directory" : "no such directory")
              + "; expected one with the four MNIST files, "
              + TRAINING_IMAGES
              + " and the others");
    }
    return of(
        IdxArray.read(find(directory, TRAINING_IMAGES)),
        IdxArray.read(find(directory, TRAINING_LABELS)),
        IdxArray.read(find(directory, TEST_IMAGES)),
        IdxArray.read(find(directory, TEST_LABELS)));
  }

  private static Path find(Path directory, String name) {
    return Stream.of(name, name + ".gz")
        .map(directory::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new DataException(
                directory.resolve(name).toString(), "no such file, plain or with .gz"));
  }

  /**
   * The data set in four arrays that have been read already.
   *
   * @throws DataException as {@link #load}
   */
  public static Mnist of(
      IdxArray trainingImages, IdxArray trainingLabels, IdxArray testImages, IdxArray testLabels) {
    return new Mnist(dataset(trainingImages, trainingLabels), dataset(testImages, testLabels));
  }

  private static Dataset dataset(IdxArray images, IdxArray labels) {
    int count = images.shape().length(0);
    check(images, Shape.of(count, SIDE, SIDE), "[images, 28, 28]");
    check(labels, Shape.of(labels.shape().length(0)), "[labels]");
    if (count == 0) {
      throw new DataException(images.source(), "holds no images; expected one or more");
    }
    if (labels.shape().length(0) != count) {
      throw new DataException(
          labels.source(),
          labels.shape().length(0)
              + " labels; expected "
              + count
              + ", as images in "
              + images.source());
    }
    return new Dataset(scaled(images), classes(labels), CLASSES);
  }

  private static void check(IdxArray array, Shape shape, String expected) {
    if (array.type() != IdxType.UNSIGNED_BYTE || !array.shape().equals(shape)) {
      throw new DataException(
          array.source(),
          "holds %s %s; expected %s %s"
              .formatted(array.type(), array.shape(), IdxType.UNSIGNED_BYTE, expected));
    }
  }

  /** In one pass, with a table of the 256 quotients: images are many, and the program waits. */
  private static Tensor scaled(IdxArray images) {
    float[] scaled = new float[256];
    for (int pixel = 0; pixel < scaled.length; pixel++) {
      scaled[pixel] = pixel / 255f;
    }
    byte[] pixels = images.data().array();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = scaled[Byte.toUnsignedInt(pixels[i])];
    }
    return Tensor.of(images.shape(), values);
  }

  private static Indices classes(IdxArray labels) {
    int[] values = labels.toInts();
    for (int i = 0; i < values.length; i++) {
      if (values[i] >= CLASSES) {
        throw new DataException(
            labels.source(), "label " + i + " is " + values[i] + "; expected 0 to 9");
      }
    }
    return Indices.of(values);
  }
}
