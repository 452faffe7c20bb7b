package dev.descent.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.Mnist;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded files are what their README says. */
class EmbeddedDigitsTest {
  private static final Mnist DIGITS = EmbeddedDigits.load();

  @Test
  void hasTenThousandImagesToTrainAndTwoThousandToTest() {
    assertThat(DIGITS.training().inputs().shape()).isEqualTo(Shape.of(10_000, 28, 28));
    assertThat(DIGITS.test().inputs().shape()).isEqualTo(Shape.of(2_000, 28, 28));
  }

  @Test
  void hasTheClassesInMnistsProportions() {
    assertThat(DIGITS.training().classCounts())
        .containsExactly(941, 1132, 1032, 1022, 958, 925, 997, 1026, 978, 989);
    assertThat(DIGITS.test().classCounts())
        .containsExactly(189, 222, 212, 242, 196, 186, 158, 215, 193, 187);
  }

  /** MNIST's training labels begin 5 0 4 1 9 2 1 and its test labels 7 2 1 0 4 1. */
  @Test
  void beginsWhereMnistBegins() {
    assertThat(DIGITS.training().labels().toArray()).startsWith(5, 1);
    assertThat(DIGITS.test().labels().toArray()).startsWith(7, 1);
  }

  @Test
  void hasPixelsFromZeroToOne() {
    assertThat(DIGITS.test().inputs().toArray()).contains(0, 1);
    for (float pixel : DIGITS.test().inputs().toArray()) {
      assertThat(pixel).isBetween(0f, 1f);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, 438ba099335a695db401b4cc1a9ebb5e26f3f6800536cda63de250fa022053bd",
    "train-labels-idx1-ubyte, cdc933926617e78fa735e9296757e93f869734837ddb53260df98126675ca7c4",
    "t10k-images-idx3-ubyte, 544b11e980491b35ea0a29d267be603798a522d267bd875eefdf185f2a90b4ed",
    "t10k-labels-idx1-ubyte, 00c8ee896b56b1f141feedeefecd0ec606a7715b411eb44be7e1b1decd17e3fd",
  })
  void unpacksToTheSelectedBytes(String name, String sha256) throws NoSuchAlgorithmException {
    byte[] bytes = EmbeddedDigits.read(name).toBytes();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
  }

  @Test
  void staysUnderThreeMegabytes() {
    long bytes =
        Stream.of(
                Mnist.TRAINING_IMAGES, Mnist.TRAINING_LABELS, Mnist.TEST_IMAGES, Mnist.TEST_LABELS)
            .mapToLong(EmbeddedDigitsTest::packedSize)
            .sum();
    assertThat(bytes).isBetween(1_000_000L, 3_000_000L);
  }

  @Test
  void namesAMissingResource() {
    assertThatThrownBy(() -> EmbeddedDigits.read("none"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "/dev/descent/examples/digits/none.gz: no such resource; expected an embedded IDX"
                + " file");
  }

  private static long packedSize(String name) {
    String resource = "/dev/descent/examples/digits/" + name + ".gz";
    try (InputStream in = EmbeddedDigits.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      return in.readAllBytes().length;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
