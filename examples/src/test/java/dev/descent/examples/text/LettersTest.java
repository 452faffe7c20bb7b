package dev.descent.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersTest {
  @ParameterizedTest
  @CsvSource({
    "Straße, strasse",
    "ÆRØ, aero",
    "Œuvre, oeuvre",
    "Łódź, lodz",
    "señor, senor",
    "äiti, aiti",
    "coração, coracao",
    "Đa Lạt, da lat",
    "kız, kiz",
    "жук, жук"
  })
  void foldsToSmallLettersWithoutAccents(String text, String folded) {
    assertThat(Letters.fold(text)).isEqualTo(folded);
  }

  @Test
  void numbersLettersFromOneAndFillsUpWithZeros() {
    assertThat(Letters.numbers(List.of("az", "bcd"), 4).shape()).isEqualTo(Shape.of(2, 4));
    assertThat(Letters.numbers(List.of("az", "bcd"), 4).toArray())
        .containsExactly(1, 26, 0, 0, 2, 3, 4, 0);
  }
}
