package dev.descent.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.examples.Run;
import dev.descent.optim.dialect.Dialect;
import dev.descent.optim.dialect.Dialects;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.study.DialectDifference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainCommandTest {
  static Stream<Arguments> everyRuleOfEveryDialect() {
    return Rules.names().stream()
        .flatMap(rule ->
            Dialects.of(rule).keySet().stream().map(dialect -> Arguments.of(rule, dialect)));
  }

  @ParameterizedTest
  @MethodSource("everyRuleOfEveryDialect")
  void everyRuleIsExplained(String rule, Dialect dialect) {
    Run run = Run.of("explain", rule, "--dialect", dialect.name());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(lines).allSatisfy(line -> assertThat(line).isEqualTo(line.stripTrailing()));
    assertThat(lines)
        .containsSubsequence("Formula", "Source", "Settings", "What the dialects make of it")
        .contains(
            "First steps of %s%s, learning rate %s"
                .formatted(
                    dialect == Dialect.PYTORCH ? "" : dialect.title() + "'s ",
                    rule,
                    shortly(Dialects.of(rule).get(dialect).learningRate())));
    for (String setting : Dialects.settings(dialect, rule).keySet()) {
      assertThat(lines).anyMatch(line -> line.startsWith("  " + setting + " "));
    }
    assertThat(lines).anyMatch(line -> line.startsWith("  default "));
    for (DialectDifference each : DialectDifference.of(rule)) {
      assertThat(lines).anyMatch(line -> line.startsWith("  " + each.dialect().name() + " "));
    }
  }

  private static String shortly(double number) {
    return Double.toString(number).replaceFirst("\\.0(?=E|$)", "").replace("E", "e");
  }

  /** Worked out by hand: beta1 = beta2 = 1/2, no epsilon. */
  @Test
  void everyNumberIsNamed() {
    Run run =
        Run.of(
            ("explain adam --set beta1=0.5 --set beta2=0.5 --set epsilon=0 --set learningRate=0.1"
                    + " --gradients 1,-2,0")
                .split(" "));

    assertThat(run.out())
        .endsWith(
            """
            First steps of adam, learning rate 0.1
              step                        1           2           3
              gradient                    1          -2           0
              m                         0.5       -0.75      -0.375
              v                         0.5        2.25       1.125
              mHat                        1          -1    -0.42857
              vHat                        1           3      1.2857
              delta                    -0.1    0.057735    0.037796
              -delta / gradient         0.1    0.028868
              theta                     0.9     0.95774     0.99553
            """
                .replace("\n", System.lineSeparator()))
        .contains("  beta1              0.5: the weight of the past in the first moment")
        .contains("  theta = theta - lr mHat / (sqrt(vHat) + epsilon)");
  }

  @Test
  void theFormulaIsTheDialects() {
    assertThat(Run.of("explain", "adam", "--dialect", "keras").out())
        .contains(
            """

            Formula
              m = beta1 m + (1 - beta1) g
              v = beta2 v + (1 - beta2) g^2
              alpha = sqrt(1 - beta2^t) / (1 - beta1^t)
              theta = theta - lr alpha m / (sqrt(v) + epsilon)
            """
                .replace("\n", System.lineSeparator()))
        .contains("  alpha                 0.31623     0.23532");
  }

  @Test
  void manyStepsGoOnBelow() {
    Run run = Run.of("explain", "sgd", "--steps", "12");

    List<String> steps = run.out().lines().filter(line -> line.startsWith("  step ")).toList();
    assertThat(String.join(" ", steps).replace("step", "").trim().split("\\s+"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    assertThat(steps).hasSize(3);
    assertThat(run.out()).contains("  gradient                    1         0.5          -1  ");
  }

  @Test
  void weightDecayIsShown() {
    assertThat(Run.of("explain", "sgd", "--set", "weightDecay=0.5").out())
        .contains("  weightDecay        0.5\n")
        .contains("  penalised                 1.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          adem                    | RULE: there is no update rule adem; did you mean adam? The rules are RULES
          adam --dialect torch    | --dialect: there is no dialect torch; did you mean PYTORCH? The dialects are PAPER, PYTORCH, KERAS, OPTAX, TENSORFLOW1
          adam --dialect TENSORFLOW1 | --dialect: adam has no dialect TENSORFLOW1; its dialects are PAPER, PYTORCH, KERAS, OPTAX
          adam --set beta3=1      | --set: adam has no setting beta3; did you mean beta1? Its settings are learningRate, beta1, beta2, epsilon
          adam --set beta1=2      | --set: beta1 is 2.0; expected 0 <= beta1 < 1
          adam --set beta1=0.5 --set beta2=0.5 --set beta1=0.6 | --set: beta1 is there twice; expected once
          adam --set beta1        | --set is beta1; expected NAME=VALUE, such as learningRate=0.001
          adam --steps 0          | --steps is 0; expected a whole number from 1 to 2147483647
          adam --gradients 1,,2   | --gradients is 1,,2; expected finite numbers with commas between them, such as 0.1,-0.2,0
          adam --gradients 1,NaN  | --gradients is 1,NaN; expected finite numbers with commas between them, such as 0.1,-0.2,0
          adam --gradients up     | --gradients is up; expected finite numbers with commas between them, such as 0.1,-0.2,0
          adam --steps 2 --gradients 1 | --gradients=G,G,..., --steps=N are mutually exclusive (specify only one); see descent explain --help
          """)
  void badArgumentsAreOneLine(String arguments, String message) {
    Run run = Run.of(("explain " + arguments).split(" "));

    assertThat(run.err())
        .isEqualTo(
            "descent explain: "
                + message.replace("RULES", String.join(", ", Rules.names()))
                + System.lineSeparator());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void helpFits() {
    Run run = Run.of("explain", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(run.out()).contains("--dialect=NAME", "--gradients=G,G,...", "--steps=N");
  }
}
