package dev.descent.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  @ParameterizedTest
  @CsvSource({
    "'24 132\n', 132",
    "'50 20\n', 20",
    "'0 0\n', 80",
    "'24 7\n', 80",
    "'', 80",
    "'stty: not a terminal', 80",
    "'24 99999999999\n', 80",
  })
  void readsTheWidthAndDoesWithoutIt(String size, int columns) {
    assertThat(Terminal.columns(size)).isEqualTo(columns);
  }
}
