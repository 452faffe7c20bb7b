package dev.descent.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarTest {
  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(standardOutput);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          0.0|task #          #   0 %  12 images/s
          0.5|task #█████     #  50 %  12 images/s
          0.54|task #█████▍    #  54 %  12 images/s
          0.999|task #█████████▉#  99 %  12 images/s
          1.0|task #██████████# 100 %  12 images/s
          """)
  void showsTheShareInEighthsOfABlock(double part, String line) {
    Bar.Line blocks = new Bar.Line(() -> "12 images/s", true);

    assertThat(blocks.line("task", part, 36)).isEqualTo(line.replace('#', '|'));
  }

  @Test
  void makesDoWithLettersWhereThereAreNoBlocks() {
    Bar.Line letters = new Bar.Line(() -> "12 images/s", false);

    assertThat(letters.line("task", 0.54, 36)).isEqualTo("task |#####     |  54 %  12 images/s");
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "30", "40", "77", "200"})
  void isAsLongAsTheLine(int length) {
    for (boolean blocks : new boolean[] {true, false}) {
      Bar.Line line = new Bar.Line(() -> "12 images/s", blocks);
      for (int i = 0; i <= 1000; i++) {
        int shown = line.line("task", i / 1000.0, length).length();
        assertThat(shown).isEqualTo(length);
      }
    }
  }

  @Test
  void showsNoShareWhereTheWholeIsNotKnown() {
    Bar.Line line = new Bar.Line(() -> "6.3 MB", true);

    assertThat(line.line("labels.gz", 20)).isEqualTo("labels.gz  6.3 MB   ");
    assertThat(line.line("labels.gz", 13)).isEqualTo("labels.gz  6.");
  }

  @Test
  @Timeout(60)
  void leavesNoTrace() throws InterruptedException {
    try (Bar bar = new Bar("epoch 1/2", 1000, () -> "loss 0.5")) {
      bar.stepTo(500);
      while (!text().contains(" 50 %  loss 0.5")) {
        Thread.sleep(1);
      }
    }

    assertThat(text()).contains("epoch 1/2 |");
    assertThat(text()).doesNotContain("\n");
    assertThat(screen()).isBlank();
  }

  /** However soon: the library draws once more when it is told to stop. */
  @Test
  void leavesNoTraceWhenItIsClosedAtOnce() {
    for (int i = 0; i < 50; i++) {
      new Bar("epoch 1/2", 1000, () -> "loss 0.5").close();
    }

    assertThat(text()).contains("epoch 1/2 |");
    assertThat(screen()).isBlank();
  }

  private String text() {
    return written.toString(UTF_8);
  }

  /** What a terminal shows: a carriage return goes back, what comes then overwrites. */
  private String screen() {
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : text().toCharArray()) {
      if (c == '\r') {
        column = 0;
      } else {
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
        column++;
      }
    }
    assertThat(line).hasSizeLessThan(Terminal.columns());
    return line.toString();
  }
}
