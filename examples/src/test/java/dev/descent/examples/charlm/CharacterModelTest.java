package dev.descent.examples.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CharacterModelTest {
  private static final CharacterModel MODEL =
      CharacterModel.of(
          5, new CharacterModel.Size(8, 2, 2, 6, 0), RandomStream.of(1, "initialization"));

  @Test
  void seesNothingOfWhatFollows() {
    float[] logits = MODEL.forward(Tensor.of(Shape.of(1, 4), 0, 1, 2, 3)).toArray();
    float[] others = MODEL.forward(Tensor.of(Shape.of(1, 4), 0, 1, 4, 0)).toArray();

    assertThat(logits).hasSize(4 * 5);
    assertThat(Arrays.copyOf(others, 2 * 5)).containsExactly(Arrays.copyOf(logits, 2 * 5));
    assertThat(others[3 * 5]).isNotEqualTo(logits[3 * 5]);
  }

  /** Each character, from the fourth on, from the last three to six before it, one at a time. */
  @Test
  void countsTheLaterHalfOfWindowsThatOverlap() {
    int[] text = IntStream.range(0, 300).map(i -> i * i % 7 % 5).toArray();
    int windows = (300 - 1 - 3) / 3;
    double nats = 0;
    for (int i = 4; i < 4 + 3 * windows; i++) {
      int from = (i - 4) / 3 * 3;
      float[] seen = new float[i - from];
      for (int j = 0; j < seen.length; j++) {
        seen[j] = text[from + j];
      }
      Tensor logits = MODEL.forward(Tensor.of(Shape.of(1, seen.length), seen)).logSoftmax();
      nats -= logits.toArray()[(seen.length - 1) * 5 + text[i]];
    }

    assertThat(windows).as("more than one batch").isGreaterThan(64);
    assertThat(MODEL.bitsPerCharacter(text))
        .isCloseTo(nats / (3 * windows) / Math.log(2), within(1e-5));
  }

  @Test
  void writesTheLikeliestAtZeroAndByChanceAboveIt() {
    Novel novel = Novel.of("abcde", 5);
    String likeliest = write(novel, 0, 1);

    assertThat(likeliest).hasSize(3 + 20).startsWith("cab").matches("[a-e]+");
    assertThat(write(novel, 0, 2)).isEqualTo(likeliest);
    assertThat(write(novel, 1e-3, 2)).as("nearly at zero").isEqualTo(likeliest);
    assertThat(write(novel, 1, 1)).isNotEqualTo(likeliest).isEqualTo(write(novel, 1, 1));
    assertThat(write(novel, 1, 2)).isNotEqualTo(write(novel, 1, 1));
  }

  private static String write(Novel novel, double temperature, long seed) {
    return new Author(MODEL, novel, temperature, RandomStream.of(seed, "writing")).write("cab", 20);
  }
}
