package dev.descent.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.IdxArray;
import dev.descent.nn.data.IdxType;
import dev.descent.nn.data.Mnist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectDigitsTest {
  @TempDir Path all;
  @TempDir Path selected;

  /** Thirteen images of one pixel, numbered; the labels are a hundred more. */
  @BeforeEach
  void writeNumberedImages() {
    double[] numbers = IntStream.range(0, 13).asDoubleStream().toArray();
    double[] labels = IntStream.range(100, 113).asDoubleStream().toArray();
    write(Mnist.TRAINING_IMAGES, Shape.of(13, 1, 1), numbers);
    write(Mnist.TRAINING_LABELS, Shape.of(13), labels);
    write(Mnist.TEST_IMAGES, Shape.of(13, 1, 1), numbers);
    write(Mnist.TEST_LABELS, Shape.of(13), labels);
  }

  @Test
  void takesEverySixthToTrainAndEveryFifthToTest() throws IOException {
    SelectDigits.select(all, selected);

    assertThat(read(Mnist.TRAINING_IMAGES).shape()).isEqualTo(Shape.of(3, 1, 1));
    assertThat(read(Mnist.TRAINING_IMAGES).toInts()).containsExactly(0, 6, 12);
    assertThat(read(Mnist.TRAINING_LABELS).toInts()).containsExactly(100, 106, 112);
    assertThat(read(Mnist.TEST_IMAGES).toInts()).containsExactly(0, 5, 10);
    assertThat(read(Mnist.TEST_LABELS).toInts()).containsExactly(100, 105, 110);
  }

  @Test
  void givesTheSameBytesAgain(@TempDir Path again) throws IOException {
    SelectDigits.select(all, selected);
    SelectDigits.select(all, again);

    assertThat(selected.resolve(Mnist.TEST_IMAGES + ".gz"))
        .hasSameBinaryContentAs(again.resolve(Mnist.TEST_IMAGES + ".gz"));
  }

  private IdxArray read(String name) {
    return IdxArray.read(selected.resolve(name + ".gz"));
  }

  private void write(String name, Shape shape, double[] values) {
    IdxArray.of(IdxType.UNSIGNED_BYTE, shape, values).write(all.resolve(name + ".gz"));
  }
}
