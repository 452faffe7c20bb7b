package dev.descent.examples.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NGramsTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;

  private static double log2(double p) {
    return Math.log(p) / Math.log(2);
  }

  /** Of a, b, a, a: a thrice, b once, two kinds of three, so p(a) = (3 + 2/3) / (4 + 2). */
  @Test
  void singleCharactersByHand() {
    NGrams grams = new NGrams(1, 3, A, B, A, A);

    double a = (3 + 2.0 / 3) / 6;
    double c = 2.0 / 3 / 6;
    assertThat(grams.bitsPerCharacter(1, A, A, C))
        .isCloseTo(-(2 * log2(a) + log2(c)) / 3, within(1e-12));
  }

  /** After a came b and a: p(b | a) = (1 + 2 p(b)) / (2 + 2). After c came nothing: p(b). */
  @Test
  void pairsByHand() {
    NGrams grams = new NGrams(2, 3, A, B, A, A);

    double a = (3 + 2.0 / 3) / 6;
    double b = (1 + 2.0 / 3) / 6;
    double c = 2.0 / 3 / 6;
    assertThat(grams.bitsPerCharacter(2, A, B))
        .isCloseTo(-(log2(a) + log2((1 + 2 * b) / 4)) / 2, within(1e-12));
    assertThat(grams.bitsPerCharacter(2, C, B)).isCloseTo(-(log2(c) + log2(b)) / 2, within(1e-12));
    assertThat(grams.bitsPerCharacter(1, A, B)).isCloseTo(-(log2(a) + log2(b)) / 2, within(1e-12));
  }
}
