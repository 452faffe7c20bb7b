package dev.descent.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  static List<String> names() {
    return Rules.names();
  }

  @Test
  void listsAllRules() {
    assertThat(Rules.names())
        .containsExactly(
            "sgd",
            "momentum",
            "nesterov",
            "adagrad",
            "normalisedadagrad",
            "quarticadagrad",
            "rmsprop",
            "rmspropmomentum",
            "centeredrmsprop",
            "adadelta",
            "adam",
            "adamw",
            "amsgrad",
            "adamax",
            "nadam",
            "radam",
            "adabelief",
            "yogi",
            "adan",
            "lion",
            "signsgd",
            "rprop",
            "asgd",
            "ftrl",
            "schedulefreesgd",
            "schedulefreeadamw",
            "lars",
            "lamb",
            "adafactor",
            "muon",
            "shampoo",
            "prodigy");
  }

  @Test
  void settingsArriveWhereTheyBelong() {
    Rules.Choice choice =
        Rules.choose("adam", Map.of("beta2", "0.99", "learningRate", "3e-4", "epsilon", "0"));
    assertThat(choice).isEqualTo(new Rules.Choice("adam", new Adam(0.9, 0.99, 0), 3e-4));
    assertThat(Rules.choose("momentum", Map.of("dampening", "0.5")).rule())
        .isEqualTo(new Momentum(0.9, 0.5));
    assertThat(Rules.choose("rmsprop", Map.of()).learningRate()).isEqualTo(0.01);
  }

  /** What other libraries switch on in RMSprop. */
  @Test
  void switchesLeadToOtherRules() {
    assertThat(Rules.choose("RMSprop", Map.of("centered", "true", "decay", "0.9")))
        .isEqualTo(new Rules.Choice("centeredrmsprop", new CenteredRmsProp(0.9, 0, 1e-8), 0.01));
    assertThat(Rules.choose("rmsprop", Map.of("centered", "1", "momentum", "0.5")).rule())
        .isEqualTo(new CenteredRmsProp(0.99, 0.5, 1e-8));
    assertThat(Rules.choose("rmsprop", Map.of("centered", "false", "momentum", "0.5")).rule())
        .isEqualTo(new RmsPropMomentum(0.99, 0.5, 1e-8));
    assertThat(Rules.choose("rmsprop", Map.of("centered", "false", "momentum", "0.0")).rule())
        .isEqualTo(new RmsProp());
    assertThat(Rules.choose("rmspropmomentum", Map.of("momentum", "0")).rule())
        .isEqualTo(new RmsPropMomentum(0.99, 0, 1e-8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.choose("rmsprop", Map.of("centered", "maybe")))
        .withMessage("centered is maybe; expected true, false or a number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.choose("rmsprop", Map.of("momentum", "NaN")))
        .withMessage("momentum is NaN; expected 0 <= momentum <= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.choose("adam", Map.of("centered", "true")));
  }

  @Test
  void caseDoesNotMatter() {
    assertThat(Rules.choose("RMSprop", Map.of()))
        .isEqualTo(new Rules.Choice("rmsprop", new RmsProp(), 0.01));
  }

  @ParameterizedTest
  @CsvSource({"adem, adam", "AdaDelt, adadelta", "rms, rmsprop", "nestorov, nesterov", "SDG, sgd"})
  void unknownRulesNameTheNearest(String name, String nearest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.choose(name, Map.of()))
        .withMessage(
            "there is no update rule %s; did you mean %s? The rules are %s"
                .formatted(name, nearest, String.join(", ", Rules.names())));
    assertThatIllegalArgumentException().isThrownBy(() -> Rules.settings(name));
  }

  @ParameterizedTest
  @CsvSource({"beta3, beta1", "learnrate, learningRate", "Epsilon, epsilon"})
  void unknownSettingsNameTheNearest(String setting, String nearest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.choose("adam", Map.of(setting, "0.5")))
        .withMessage(
            "adam has no setting %s; did you mean %s? Its settings are learningRate, beta1, beta2,"
                    .formatted(setting, nearest)
                + " epsilon");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everySlotIsDescribed(String name) {
    UpdateRule rule = Rules.choose(name, Map.of()).rule();
    assertThat(rule.slots()).extracting(Slot::name).doesNotHaveDuplicates();
    assertThat(rule.slots()).extracting(Slot::description).doesNotContain("");
  }
}
