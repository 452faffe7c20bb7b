package dev.descent.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class LearnedTest {
  private static ReduceOnPlateau.Run run(double... losses) {
    ReduceOnPlateau.Run run = new ReduceOnPlateau(0.1, 0.5, 0, 0, 0, 0).start();
    for (double loss : losses) {
      run.observe(loss);
    }
    return run;
  }

  /** A plateau in the second of two that follow one another, and one beside them. */
  private static List<Schedule> schedules(ReduceOnPlateau.Run first, ReduceOnPlateau.Run second) {
    return List.of(Schedule.constant(1).then(3, first), second.times(new LinearWarmup(1, 0, 5)));
  }

  @Test
  void eachGetsItsOwn() {
    SequencedMap<String, Double> learned = Learned.of(schedules(run(3, 4), run(2, 3, 4)));
    assertThat(learned)
        .containsEntry("0.1.best", 3.0)
        .containsEntry("0.1.learningRate", 0.05)
        .containsEntry("1.0.best", 2.0)
        .containsEntry("1.0.learningRate", 0.025)
        .hasSize(8);
    ReduceOnPlateau.Run first = run();
    ReduceOnPlateau.Run second = run();
    Learned.resume(schedules(first, second), learned);
    assertThat(first.state()).isEqualTo(run(3, 4).state());
    assertThat(second.state()).isEqualTo(run(2, 3, 4).state());
  }

  @Test
  void ifTheLastRefusesTheFirstIsAsBefore() {
    SequencedMap<String, Double> learned =
        new LinkedHashMap<>(Learned.of(schedules(run(3, 4), run(2, 3, 4))));
    learned.put("1.0.best", Double.NaN);
    ReduceOnPlateau.Run first = run(7);
    ReduceOnPlateau.Run second = run(8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learned.resume(schedules(first, second), learned))
        .withMessage("best is NaN; expected a number");
    assertThat(first.state()).isEqualTo(run(7).state());
    assertThat(second.state()).isEqualTo(run(8).state());
  }

  @Test
  void whatIsMissingOrLeftOverIsRefused() {
    SequencedMap<String, Double> more = new LinkedHashMap<>(Learned.of(schedules(run(3), run(2))));
    more.put("7.best", 1.0);
    SequencedMap<String, Double> less = new LinkedHashMap<>(Learned.of(List.of(run(3))));
    less.remove("0.bad");
    ReduceOnPlateau.Run first = run(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learned.resume(schedules(first, run()), more))
        .withMessageStartingWith("what was learned is {")
        .withMessageContaining("7.best");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Learned.resume(List.of(first), less))
        .withMessageStartingWith("what was learned is {");
    assertThat(first.state()).isEqualTo(run(7).state());
  }

  @Test
  void functionsOfTheStepLearnNothing() {
    Schedule constant = Schedule.constant(1);
    assertThat(constant.learned()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> constant.resume(run().learned()))
        .withMessageEndingWith("expected nothing, for Constant[learningRate=1.0]");
  }
}
