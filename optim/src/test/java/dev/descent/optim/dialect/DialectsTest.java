package dev.descent.optim.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Rules;
import dev.descent.optim.rule.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DialectsTest {
  static List<String> names() {
    return Rules.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void pyTorchsDialectIsTheRuleItself(String rule) {
    assertThat(Dialects.choose(Dialect.PYTORCH, rule, Map.of()))
        .isEqualTo(Rules.choose(rule, Map.of()));
    assertThat(Dialects.settings(Dialect.PYTORCH, rule)).isEqualTo(Rules.settings(rule));
    assertThat(Dialects.of(rule)).containsKeys(Dialect.PAPER, Dialect.PYTORCH);
  }

  @Test
  void settingsArriveWhereTheyBelong() {
    assertThat(
            Dialects.choose(Dialect.KERAS, "Adam", Map.of("beta1", "0.5", "learningRate", "0.1")))
        .isEqualTo(new Rules.Choice("adam", new EpsilonHatAdam(0.5, 0.999, 1e-7), 0.1));
    assertThat(Dialects.choose(Dialect.OPTAX, "adam", Map.of()))
        .isEqualTo(new Rules.Choice("adam", new Adam(), 0.001));
    assertThat(Dialects.choose(Dialect.PYTORCH, "sgd", Map.of("weightDecay", "0.1")).rule())
        .isEqualTo(new L2Penalty(new Sgd(), 0.1));
    assertThat(Dialects.choose(Dialect.KERAS, "sgd", Map.of("weightDecay", "0.1")).rule())
        .isEqualTo(new DecoupledDecay(new Sgd(), 0.1));
  }

  /** As in PyTorch and Keras, where these are switches of one optimizer. */
  @Test
  void switchesLeadToOtherRules() {
    assertThat(
            Dialects.choose(
                Dialect.KERAS, "rmsprop", Map.of("centered", "true", "momentum", "0.5")))
        .isEqualTo(
            new Rules.Choice(
                "centeredrmsprop", new RateInsideCenteredRmsProp(0.9, 0.5, 1e-7, 0), 0.001));
    assertThat(Dialects.choose(Dialect.TENSORFLOW1, "rmsprop", Map.of("momentum", "0.5")).rule())
        .isEqualTo(new RateInsideRmsProp(0.9, 0.5, 1e-10, 1));
    assertThat(Dialects.choose(Dialect.OPTAX, "rmsprop", Map.of("centered", "false")).rule())
        .isEqualTo(new EpsilonInsideRmsProp(0.9, 1e-8, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "adem | KERAS | beta1 | 1 | there is no update rule adem; did you mean adam? The rules are",
        "adam | TENSORFLOW1 | beta1 | 0.5 | adam has no dialect TENSORFLOW1; its dialects are"
            + " PAPER, PYTORCH, KERAS, OPTAX",
        "adam | KERAS | beta3 | 1 | Keras's adam has no setting beta3; did you mean beta1? Its"
            + " settings are learningRate, beta1, beta2, epsilon",
        "adam | PYTORCH | beta3 | 1 | adam has no setting beta3; did you mean beta1? Its settings"
            + " are learningRate, beta1, beta2, epsilon",
        "momentum | KERAS | dampening | 0.5 | Keras's momentum has no setting dampening; did you"
            + " mean momentum? Its settings are learningRate, momentum",
        "rmsprop | KERAS | centered | maybe | centered is maybe; expected true, false or a number",
        "sgd | PYTORCH | weightDecay | NaN | weightDecay is NaN; expected a finite number >= 0",
        "sgd | PYTORCH | weightDecay | much | weightDecay is much; expected a number",
        "sgd | KERAS | weightDecay | -1 | weightDecay is -1.0; expected a finite number >= 0",
        "sgd | OPTAX | weightDecay | 0.1 | optax's sgd has no setting weightDecay; did you mean"
            + " learningRate? Its settings are learningRate"
      })
  void badChoicesAreErrors(
      String rule, Dialect dialect, String setting, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dialects.choose(dialect, rule, Map.of(setting, value)))
        .withMessageStartingWith(message);
  }

  @Test
  void dialectsHaveNames() {
    assertThat(Dialect.of("keras")).isEqualTo(Dialect.KERAS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dialect.of("TORCH"))
        .withMessage(
            "there is no dialect TORCH; did you mean PYTORCH? The dialects are PAPER, PYTORCH,"
                + " KERAS, OPTAX, TENSORFLOW1");
  }
}
