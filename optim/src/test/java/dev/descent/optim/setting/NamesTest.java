package dev.descent.optim.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "learnrate, learningRate",
    "LEARNINGRATE, learningRate",
    "beta, beta1",
    "beta3, beta1",
    "rate, learningRate",
    "eps, epsilon",
    "bta2, beta2",
    "b2, beta2",
    "'', beta1",
    "epsilom, epsilon"
  })
  void nearestContainsTheWordOrNeedsTheFewestChanges(String word, String nearest) {
    assertThat(Names.nearest(word, List.of("learningRate", "beta1", "beta2", "epsilon")))
        .isEqualTo(nearest);
  }

  @ParameterizedTest
  @CsvSource({"admaw, adamw", "adma, adam", "sdg, sgd", "adagard, adagrad"})
  void lettersThatFingersSwappedAreOneChange(String word, String nearest) {
    assertThat(Names.nearest(word, List.of("adam", "adamw", "adagrad", "sgd", "momentum")))
        .isEqualTo(nearest);
  }
}
