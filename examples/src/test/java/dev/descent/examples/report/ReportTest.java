package dev.descent.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static String told(boolean json, Consumer<Report> run) {
    StringWriter out = new StringWriter();
    try (Report report = Report.to(new PrintWriter(out, true), json)) {
      run.accept(report);
    }
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  private static void tell(Report report) {
    report.about("network", "word ".repeat(20).strip());
    report.row(Field.count("epoch", 1), Field.percent("testAccuracy", 0.5));
    report.row(Field.count("epoch", 1000), Field.percent("testAccuracy", 1));
    report.progress("epoch 3/3", 1, 2, () -> "never seen where nobody watches");
    report.row(Field.text("fit", "a"), Field.number("slope", -1.25, 1));
    report.line("a line");
    report.row(Field.text("fit", "bcd"), Field.number("slope", Double.NaN, 1));
    report.result(Field.seconds("trainSeconds", 1234.567), Field.text("weightsSha256", "abc"));
  }

  @Test
  void peopleSeeTablesUnderHeaders() {
    assertThat(told(false, ReportTest::tell))
        .isEqualTo(
            """
            network    word word word word word word word word word word word word word word
                       word word word word word word

            epoch  test accuracy
                1        50.00 %
            1,000       100.00 %

            fit  slope
            a     -1.3
            a line

            fit  slope
            bcd    NaN

            train seconds   1,234.57
            weights sha256  abc
            """);
  }

  @Test
  void whatDoesNotFitIsNotAligned() {
    String digest = "0123456789abcdef".repeat(4);

    assertThat(
            told(
                false,
                report ->
                    report.result(
                        Field.count("aVeryLongNameIndeed", 1),
                        Field.text("weightsSha256", digest))))
        .isEqualTo(
            """
            a very long name indeed  1
            weights sha256  %s
            """
                .formatted(digest));
  }

  @Test
  void programsReadAnObjectPerRowAndOneForTheResult() {
    assertThat(told(true, ReportTest::tell))
        .isEqualTo(
            """
            {"epoch":1,"testAccuracy":0.5}
            {"epoch":1000,"testAccuracy":1.0}
            {"fit":"a","slope":-1.25}
            {"fit":"bcd","slope":null}
            {"result":{"trainSeconds":1234.567,"weightsSha256":"abc"}}
            """);
  }

  @Test
  void numbersWithTooManyDigitsAreShort() {
    assertThat(Field.number("loss", 9_999_999.96, 1).text()).isEqualTo("10,000,000.0");
    assertThat(Field.number("loss", -1e7, 4).text()).isEqualTo("-1.000e+07");
    assertThat(Field.number("loss", Double.POSITIVE_INFINITY, 4).text()).isEqualTo("Infinity");
  }
}
