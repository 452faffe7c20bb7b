package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistTest {
  private static final Shape IMAGE = Shape.of(1, 28, 28);

  @TempDir Path directory;

  @BeforeEach
  void writeASmallSet() {
    double[] pixels = new double[2 * 28 * 28];
    pixels[0] = 255;
    pixels[1] = 51;
    pixels[28 * 28 + 27] = 1;
    write(Mnist.TRAINING_IMAGES, Shape.of(2, 28, 28), pixels);
    write(Mnist.TRAINING_LABELS, Shape.of(2), 9, 0);
    write(Mnist.TEST_IMAGES + ".gz", IMAGE, new double[28 * 28]);
    write(Mnist.TEST_LABELS + ".gz", Shape.of(1), 4);
  }

  @Test
  void loadsPlainAndCompressedFiles() {
    Mnist mnist = Mnist.load(directory);

    assertThat(mnist.training().inputs().shape()).isEqualTo(Shape.of(2, 28, 28));
    assertThat(mnist.training().labels().toArray()).containsExactly(9, 0);
    assertThat(mnist.training().classes()).isEqualTo(10);
    assertThat(mnist.test().inputs().shape()).isEqualTo(IMAGE);
    assertThat(mnist.test().labels().toArray()).containsExactly(4);
  }

  @Test
  void scalesPixelsToZeroToOne() {
    float[] values = Mnist.load(directory).training().inputs().toArray();

    assertThat(values[0]).isEqualTo(1);
    assertThat(values[1]).isEqualTo(0.2f);
    assertThat(values[2]).isEqualTo(0);
    assertThat(values[28 * 28 + 27]).isEqualTo(1 / 255f);
  }

  @Test
  void prefersThePlainFile() {
    write(Mnist.TRAINING_LABELS + ".gz", Shape.of(2), 5, 5);
    assertThat(Mnist.load(directory).training().labels().toArray()).containsExactly(9, 0);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    assertProblem(
        directory.resolve("none"),
        "no such directory; expected one with the four MNIST files, train-images-idx3-ubyte and"
            + " the others");
    assertProblem(
        Files.createFile(directory.resolve("file")),
        "not a directory; expected one with the four MNIST files, train-images-idx3-ubyte and"
            + " the others");
    Files.delete(directory.resolve(Mnist.TEST_LABELS + ".gz"));
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessage(directory.resolve(Mnist.TEST_LABELS) + ": no such file, plain or with .gz");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Mnist.TRAINING_IMAGES,
        Mnist.TRAINING_LABELS,
        Mnist.TEST_IMAGES + ".gz",
        Mnist.TEST_LABELS + ".gz"
      })
  void namesTheDamagedFile(String name) throws IOException {
    Files.write(directory.resolve(name), new byte[] {1, 2, 3, 4});
    assertProblemIn(
        name, "magic number 0x01020304; expected 0x0000 with type and number of dimensions");
  }

  @Test
  void namesDifferentCounts() {
    write(Mnist.TRAINING_LABELS, Shape.of(3), 1, 2, 3);
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: 3 labels; expected 2, as images in %s",
            directory.resolve(Mnist.TRAINING_LABELS), directory.resolve(Mnist.TRAINING_IMAGES));
  }

  @Test
  void namesLabelsOutOfRange() {
    write(Mnist.TRAINING_LABELS, Shape.of(2), 0, 10);
    assertProblemIn(Mnist.TRAINING_LABELS, "label 1 is 10; expected 0 to 9");
  }

  @Test
  void namesWhatIsNotImagesOrLabels() {
    write(Mnist.TRAINING_IMAGES, Shape.of(2), 0, 1);
    assertProblemIn(
        Mnist.TRAINING_IMAGES, "holds unsigned byte [2]; expected unsigned byte [images, 28, 28]");
    write(Mnist.TRAINING_IMAGES, Shape.of(1, 28, 27), new double[28 * 27]);
    assertProblemIn(
        Mnist.TRAINING_IMAGES,
        "holds unsigned byte [1, 28, 27]; expected unsigned byte [images, 28, 28]");
    IdxArray.of(IdxType.BYTE, IMAGE, new double[28 * 28])
        .write(directory.resolve(Mnist.TRAINING_IMAGES));
    assertProblemIn(
        Mnist.TRAINING_IMAGES, "holds byte [1, 28, 28]; expected unsigned byte [images, 28, 28]");
    write(Mnist.TRAINING_IMAGES, Shape.of(0, 28, 28));
    assertProblemIn(Mnist.TRAINING_IMAGES, "holds no images; expected one or more");
    write(Mnist.TRAINING_IMAGES, IMAGE, new double[28 * 28]);
    write(Mnist.TRAINING_LABELS, Shape.of(1, 1), 0);
    assertProblemIn(
        Mnist.TRAINING_LABELS, "holds unsigned byte [1, 1]; expected unsigned byte [labels]");
  }

  private void assertProblemIn(String name, String problem) {
    assertThatThrownBy(() -> Mnist.load(directory))
        .isInstanceOf(DataException.class)
        .hasMessage(directory.resolve(name) + ": " + problem);
  }

  private static void assertProblem(Path path, String problem) {
    assertThatThrownBy(() -> Mnist.load(path))
        .isInstanceOf(DataException.class)
        .hasMessage(path + ": " + problem);
  }

  private void write(String name, Shape shape, double... values) {
    IdxArray.of(IdxType.UNSIGNED_BYTE, shape, values).write(directory.resolve(name));
  }
}
