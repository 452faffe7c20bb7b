package dev.descent.examples.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaiveBayesTest {
  /** Both languages have the same letters as often; only their order tells. */
  private static final Words ORDERED =
      new Words(List.of("abab", "abc", "baba", "cba"), List.of(0, 0, 1, 1));

  /** An a is likelier in 0: 4 / 30 against 2 / 30; a z in 1: 1 / 30 against 3 / 30. */
  private static final Words LETTERS = new Words(List.of("aaa", "azz"), List.of(0, 1));

  @Test
  void countsLetters() {
    NaiveBayes letters = new NaiveBayes(1, LETTERS, 2);

    assertThat(letters.read("a")).isZero();
    assertThat(letters.read("z")).isEqualTo(1);
    assertThat(letters.read("za")).as("2 x 3 against 4 x 1").isEqualTo(1);
    assertThat(letters.read("aza")).as("4 x 4 x 1 against 2 x 2 x 3").isZero();
  }

  @Test
  void aLanguageOfMoreWordsIsLikelier() {
    Words words = new Words(List.of("ab", "ab", "ab", "bc"), List.of(0, 0, 0, 1));

    assertThat(new NaiveBayes(1, words, 2).read("q")).as("3/4 x 1/33 against 1/4 x 1/29").isZero();
    assertThat(new NaiveBayes(1, words, 2).read("cc"))
        .as("3/4 (1/33)^2 against 1/4 (2/29)^2")
        .isEqualTo(1);
  }

  @Test
  void pairsTellWhereLettersDoNot() {
    NaiveBayes letters = new NaiveBayes(1, ORDERED, 2);
    NaiveBayes pairs = new NaiveBayes(2, ORDERED, 2);

    assertThat(letters.accuracy(ORDERED)).isCloseTo(0.5, within(1e-15));
    assertThat(pairs.accuracy(ORDERED)).isEqualTo(1);
  }

  @Test
  void theEndOfAWordIsAPairToo() {
    Words words = new Words(List.of("xax", "xxa"), List.of(0, 1));

    assertThat(new NaiveBayes(2, words, 2).read("ya")).isEqualTo(1);
    assertThat(new NaiveBayes(3, words, 2).read("qxa")).isEqualTo(1);
  }
}
