package dev.descent.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.InputException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  @TempDir private Path folder;

  /** Three images of two pixels, two in a row, each pixel 2 x 2: white gaps of 4 around them. */
  @Test
  void greyImagesStandInRows() {
    Tensor images = Tensor.of(Shape.of(3, 1, 2), 0, 1, 0.5f, 2, -1, 0);

    BufferedImage picture = Pictures.grid(images, 2, 2);

    assertThat(picture.getWidth()).isEqualTo(4 + 4 + 4 + 4 + 4);
    assertThat(picture.getHeight()).isEqualTo(4 + 2 + 4 + 2 + 4);
    assertThat(picture.getRGB(3, 3)).isEqualTo(0xFFFFFFFF);
    assertThat(picture.getRGB(4, 4)).isEqualTo(0xFF000000);
    assertThat(picture.getRGB(5, 5)).isEqualTo(0xFF000000);
    assertThat(picture.getRGB(6, 4)).isEqualTo(0xFFFFFFFF);
    assertThat(picture.getRGB(12, 4)).isEqualTo(0xFF808080);
    assertThat(picture.getRGB(14, 4)).as("cut off at 1").isEqualTo(0xFFFFFFFF);
    assertThat(picture.getRGB(4, 10)).as("cut off at 0").isEqualTo(0xFF000000);
    assertThat(picture.getRGB(12, 10)).as("no fourth image").isEqualTo(0xFFFFFFFF);
  }

  @Test
  void colouredImagesHaveThreePlanes() {
    Tensor images = Tensor.of(Shape.of(1, 3, 1, 2), 1, 0, 0, 0.2f, 0, 1);

    BufferedImage picture = Pictures.grid(images, 1, 1);

    assertThat(picture.getRGB(4, 4)).isEqualTo(0xFFFF0000);
    assertThat(picture.getRGB(5, 4)).isEqualTo(0xFF0033FF);
  }

  /** The second one is wrong: red below it, and only there. */
  @Test
  void captionsStandBelowTheirImages() {
    Tensor images = Tensor.zeros(Shape.of(2, 2, 30));

    BufferedImage picture =
        Pictures.captioned(
            images,
            List.of(new Pictures.Caption("I", true), new Pictures.Caption("I", false)),
            2,
            1);

    assertThat(picture.getWidth()).isEqualTo(2 * 38);
    assertThat(picture.getHeight()).isEqualTo(10 + 16);
    assertThat(pixels(picture, 0, 10)).contains(0xFF000000).doesNotContain(0xFFC00000);
    assertThat(pixels(picture, 38, 10)).contains(0xFFC00000).doesNotContain(0xFF000000);
  }

  private static List<Integer> pixels(BufferedImage picture, int x, int y) {
    return Arrays.stream(picture.getRGB(x, y, 38, 16, null, 0, 38)).boxed().toList();
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    BufferedImage left = Pictures.grid(Tensor.zeros(Shape.of(1, 2, 2)), 1, 1);
    BufferedImage right = Pictures.grid(Tensor.zeros(Shape.of(1, 5, 3)), 1, 1);
    Path file = folder.resolve("both.png");

    Pictures.write(() -> Pictures.beside(left, right), file);

    BufferedImage both = ImageIO.read(file.toFile());
    assertThat(both.getWidth()).isEqualTo(left.getWidth() + right.getWidth());
    assertThat(both.getHeight()).isEqualTo(right.getHeight());
    assertThat(both.getRGB(left.getWidth() + 4, 4)).isEqualTo(0xFF000000);
    assertThat(both.getRGB(0, both.getHeight() - 1))
        .as("below the lower one")
        .isEqualTo(0xFFFFFFFF);
  }

  /** So the JDK says that it has no fonts. */
  @Test
  void aMachineWithoutFontsIsToldSoInOneLine() {
    Path file = folder.resolve("none.png");

    assertThatThrownBy(() ->
            Pictures.write(
                () -> {
                  throw new InternalError("Fontconfig head is null");
                },
                file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            file
                + ": no picture can be drawn: Fontconfig head is null; expected fontconfig and a"
                + " font");
    assertThat(Files.exists(file)).isFalse();
  }
}
