package dev.descent.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulesTest {
  static List<String> names() {
    return Schedules.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyLengthWillDo(String name) {
    for (long steps : new long[] {1, 2, 3, 7, 100, 1_000_000_000_000L}) {
      Schedule schedule = Schedules.choose(name, 0.1, steps, Map.of());
      for (long t : new long[] {0, 1, steps / 2, steps, 2 * steps}) {
        assertThat(schedule.learningRate(t)).isBetween(0.0, 0.1);
      }
    }
    assertThat(Schedules.choose(name, 0, 10, Map.of()).learningRate(5)).isZero();
  }

  @Test
  void settingsArriveWhereTheyBelong() {
    assertThat(Schedules.choose("cosine", 0.1, 100, Map.of("finalLearningRate", "1e-3")))
        .isEqualTo(new Cosine(0.1, 1e-3, 100));
    assertThat(Schedules.choose("multi-step", 0.1, 9, Map.of("milestones", "3,5", "factor", "0.5")))
        .isEqualTo(new MultiStep(0.1, 0.5, List.of(3L, 5L)));
    assertThat(
            Schedules.choose(
                "piecewise", 0.1, 9, Map.of("boundaries", "", "learningRates", "0.25")))
        .isEqualTo(new Piecewise(List.of(), List.of(0.25)));
    assertThat(Schedules.choose("reduce-on-plateau", 0.1, 9, Map.of("patience", "3")))
        .isInstanceOfSatisfying(
            ReduceOnPlateau.Run.class, run -> assertThat(run.settings().patience()).isEqualTo(3));
  }

  @Test
  void caseAndHyphensDoNotMatter() {
    assertThat(Schedules.choose("OneCycle", 0.1, 10, Map.of())).isEqualTo(new OneCycle(0.1, 10));
  }

  @ParameterizedTest
  @CsvSource({
    "cosin, cosine",
    "warmup, linear-warmup",
    "stepp, step",
    "Expo, exponential",
    "ciclyc, cyclic"
  })
  void unknownSchedulesNameTheNearest(String name, String nearest) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.choose(name, 0.1, 10, Map.of()))
        .withMessage(
            "there is no schedule %s; did you mean %s? The schedules are %s"
                .formatted(name, nearest, String.join(", ", Schedules.names())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cosine | final | 1 | cosine has no setting final; did you mean finalLearningRate? Its"
            + " settings are finalLearningRate, steps",
        "cosine | learningRate | 1 | cosine has no setting learningRate; did you mean"
            + " finalLearningRate? Its settings are finalLearningRate, steps",
        "constant | steps | 1 | constant has no setting steps; it has none, the learning rate is"
            + " the rule's"
      })
  void unknownSettingsNameTheNearest(String name, String setting, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedules.choose(name, 0.1, 10, Map.of(setting, value)))
        .withMessage(message);
  }

  @Test
  void badRatesAndLengthsAreErrors() {
    for (String name : Schedules.names()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedules.choose(name, Double.NaN, 10, Map.of()))
          .withMessage("learningRate is NaN; expected a finite number >= 0");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Schedules.settings(name, 0.1, 0))
          .withMessage("steps is 0; expected a whole number >= 1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Noam.ofModel(1, 0, 10))
        .withMessage("modelSize is 0; expected a whole number >= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Noam.ofModel(1, 512, 0))
        .withMessage("warmupSteps is 0; expected a whole number >= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Noam.ofModel(-1, 512, 10))
        .withMessage("factor is -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.constant(-1))
        .withMessage("learningRate is -1.0; expected a finite number >= 0");
    assertThat(Schedule.constant(0.5)).isEqualTo(new Constant(0.5));
  }

  @Test
  void compositionsNeedSomethingToCompose() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chained(List.of()))
        .withMessage("schedules is []; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sequential(List.of(new Constant(1)), List.of(3L)))
        .withMessage("schedules is 1 schedules; expected 2, one more than milestones");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Constant(1).then(-1, new Constant(2)))
        .withMessage("milestones is [-1]; expected whole numbers >= 0 in ascending order");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Constant(1).afterWarmup(0))
        .withMessage("steps is 0; expected a whole number >= 1");
  }
}
