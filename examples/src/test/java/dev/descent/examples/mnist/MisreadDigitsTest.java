package dev.descent.examples.mnist;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisreadDigitsTest {
  private static final int SIZE = 1200;

  /** Reads a 7 in every image. */
  private static final Layer SEVEN =
      (input, _) -> {
        int n = input.shape().length(0);
        Tensor logits = Tensor.zeros(Shape.of(n, 10));
        for (int i = 0; i < n; i++) {
          logits.array()[i * 10 + 7] = 1;
        }
        return logits;
      };

  /** Sevens but for the images named; every image has ink in two rows, as its number says. */
  private static Dataset labelled(Map<Integer, Integer> others) {
    float[] pixels = new float[SIZE * 784];
    int[] labels = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      labels[i] = others.getOrDefault(i, 7);
      pixels[i * 784 + 28 * 10 + 3] = 1; // row 10, the upper half of a line
      pixels[i * 784 + 28 * 10 + 4] = 0.5f;
      pixels[i * 784 + 28 * 11 + 4] = 0.5f;
      pixels[i * 784 + 28 * 11 + 5] = i == 3 ? 1 : 0.3f;
    }
    return new Dataset(Tensor.of(Shape.of(SIZE, 28, 28), pixels), Indices.of(labels), 10);
  }

  @Test
  void showsTheFirstOnesWithWhatTheyAreAndWhatWasRead() {
    Dataset data = labelled(Map.of(3, 1, 701, 9, 1000, 2));

    assertThat(new MisreadDigits(SEVEN, data).lines(80, true))
        .containsExactly(
            "",
            "misread, for example",
            "image 3: 1 read as 7          image 701: 9 read as 7",
            "   ▀█▄" + " ".repeat(27) + "▀█");
    assertThat(new MisreadDigits(SEVEN, data).lines(80, false))
        .containsExactly(
            "",
            "misread, for example",
            "image 3: 1 read as 7          image 701: 9 read as 7",
            "   \"#_" + " ".repeat(27) + "\"#");
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "57, 1", "58, 2", "80, 2", "88, 3", "120, 4", "400, 4"})
  void showsAsManyAsFit(int columns, int images) {
    Dataset data = labelled(Map.of(0, 1, 1, 1, 2, 1, 3, 1, 4, 1));

    String caption = new MisreadDigits(SEVEN, data).lines(columns, true).get(2);

    assertThat(caption.split("image", -1)).hasSize(images + 1);
    assertThat(images == 1 || caption.length() <= columns).isTrue();
  }

  @Test
  void showsNothingWhereNothingIsWrong() {
    MisreadDigits none = new MisreadDigits(SEVEN, labelled(Map.of()));

    assertThat(none.lines(80, true)).isEmpty();
    assertThat(none.isEmpty()).isTrue();
  }

  /** Columns of 8, each 56 pixels and two gaps of 4 wide; image 3 has a pixel that others lack. */
  @Test
  void drawsEachOneOnce() {
    Dataset data = labelled(IntStream.range(0, 9).boxed().collect(toMap(i -> i * 100 + 3, _ -> 1)));

    BufferedImage picture = new MisreadDigits(SEVEN, data).draw();

    assertThat(picture.getWidth()).isEqualTo(8 * 64);
    assertThat(picture.getHeight()).isEqualTo(2 * 80);
    for (int i = 0; i < 16; i++) {
      int ink = picture.getRGB(i % 8 * 64 + 4 + 2 * 3, i / 8 * 80 + 4 + 2 * 10);
      assertThat(ink).as("pixel of image %d".formatted(i)).isEqualTo(0xFFFFFFFF);
      int paper = picture.getRGB(i % 8 * 64 + 4 + 2 * 3, i / 8 * 80 + 4 + 2 * 9);
      assertThat(paper).as("above it").isEqualTo(i < 9 ? 0xFF000000 : 0xFFFFFFFF);
      int own = picture.getRGB(i % 8 * 64 + 4 + 2 * 5, i / 8 * 80 + 4 + 2 * 11);
      assertThat(own == 0xFFFFFFFF).as("of image 3 alone").isEqualTo(i == 0 || i >= 9);
    }
  }
}
