package dev.descent.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-0.001, -0.001",
    "123456, 123460",
    "0.000123456, 0.00012346",
    "0.0000999996, 0.0001",
    "0.00001234567, 1.2346e-5",
    "1234567, 1.2346e6",
    "1e100, 1e100",
    "-1.5e-300, -1.5e-300",
    "0.30000000000000004, 0.3",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void fiveDigitsAreEnough(double number, String text) {
    assertThat(Numbers.fiveDigits(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1", "0.001, 0.001", "1.0E-8, 1e-8", "1.5E300, 1.5e300", "10.0, 10"})
  void shortlyLeavesOutZeros(Double number, String text) {
    assertThat(Numbers.shortly(number)).isEqualTo(text);
  }
}
