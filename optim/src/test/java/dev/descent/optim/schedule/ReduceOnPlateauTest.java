package dev.descent.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.optim.schedule.ReduceOnPlateau.Run;
import dev.descent.optim.schedule.ReduceOnPlateau.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReduceOnPlateauTest {
  private static ReduceOnPlateau settings(long patience, long cooldown) {
    return new ReduceOnPlateau(1, 0.5, patience, 0, cooldown, 0.1);
  }

  private static void observe(Run run, double... losses) {
    for (double loss : losses) {
      run.observe(loss);
    }
  }

  /** L82: it acts on bad measurement number patience + 1. */
  @Test
  void patienceIsHowManyBadMeasurementsItBears() {
    Run run = settings(2, 0).start();
    observe(run, 3, 3, 3);
    assertThat(run.learningRate(0)).isEqualTo(1);
    run.observe(3);
    assertThat(run.learningRate(0)).isEqualTo(0.5);
    observe(run, 3, 3, 2, 3, 3);
    assertThat(run.learningRate(0)).as("progress starts the count anew").isEqualTo(0.5);
    run.observe(3);
    assertThat(run.learningRate(0)).isEqualTo(0.25);
  }

  @Test
  void neverFallsBelowTheMinimum() {
    Run run = settings(0, 0).start();
    observe(run, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(run.learningRate(0)).isEqualTo(0.1);
  }

  @Test
  void restsAfterAReduction() {
    Run run = settings(0, 2).start();
    observe(run, 1, 1);
    assertThat(run.state()).isEqualTo(new State(0.5, 1, 0, 2));
    observe(run, 1, 1);
    assertThat(run.state()).isEqualTo(new State(0.5, 1, 0, 0));
    run.observe(1);
    assertThat(run.learningRate(0)).isEqualTo(0.25);
  }

  @Test
  void nanIsNoProgress() {
    Run run = settings(1, 0).start();
    observe(run, Double.NaN, Double.NaN);
    assertThat(run.state()).isEqualTo(new State(0.5, Double.POSITIVE_INFINITY, 0, 0));
    run.observe(1e300);
    assertThat(run.state().best()).isEqualTo(1e300);
  }

  /** The threshold is a part of the best's size: PyTorch would let a worse one below zero pass. */
  @Test
  void progressBelowZeroIsDownwardToo() {
    Run run = new ReduceOnPlateau(1, 0.5, 0, 0.1, 0, 0).start();
    observe(run, -1, -1.2);
    assertThat(run.state().best()).isEqualTo(-1.2);
    run.observe(-1.15);
    assertThat(run.learningRate(0)).isEqualTo(0.5);
    run.observe(-1.3);
    assertThat(run.learningRate(0)).as("not far enough").isEqualTo(0.25);
  }

  /** L63: resumed at any point, it goes on as if nothing had happened. */
  @Property
  void resumesExactly(@ForAll long seed, @ForAll @IntRange(max = 60) int cut) {
    SplittableRandom random = new SplittableRandom(seed);
    ReduceOnPlateau settings =
        new ReduceOnPlateau(1, 0.7, random.nextInt(4), 0.01, random.nextInt(4), 1e-3);
    Run whole = settings.start();
    Run resumed = settings.start();
    for (int i = 0; i < 60; i++) {
      if (i == cut) {
        resumed = settings.resume(resumed.state());
      }
      double loss = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble() / (1 + i / 10);
      whole.observe(loss);
      resumed.observe(loss);
      assertThat(resumed.state()).isEqualTo(whole.state());
      assertThat(resumed.learningRate(i)).isEqualTo(whole.learningRate(i));
    }
    assertThat(whole.learningRate(0)).isLessThan(1);
  }

  /** By name, what is missing or left over is an error, and changes nothing. */
  @Test
  void whatAnotherScheduleLearnedIsRefused() {
    Run run = settings(0, 0).start();
    observe(run, 1, 1);
    SequencedMap<String, Double> less = new LinkedHashMap<>(run.learned());
    less.remove("best");
    SequencedMap<String, Double> more = new LinkedHashMap<>(run.learned());
    more.put("worst", 1.0);
    for (SequencedMap<String, Double> wrong : List.of(less, more)) {
      Run other = settings(0, 0).start();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> other.resume(wrong))
          .withMessageStartingWith("what was learned is " + wrong);
      assertThat(other.state()).isEqualTo(settings(0, 0).start().state());
    }
  }

  @Test
  void runsDoNotShareState() {
    ReduceOnPlateau settings = settings(0, 0);
    Run one = settings.start();
    Run other = settings.start();
    observe(one, 1, 1);
    assertThat(other.learningRate(0)).isEqualTo(1);
    assertThat(one.settings()).isEqualTo(settings);
    assertThat(one).hasToString(settings.toString());
  }

  @Test
  void statesCheckThemselves() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new State(Double.NaN, 1, 0, 0))
        .withMessage("learningRate is NaN; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new State(1, Double.NaN, 0, 0))
        .withMessage("best is NaN; expected a number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new State(1, 1, -1, 0))
        .withMessage("bad is -1; expected a whole number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new State(1, 1, 0, -1))
        .withMessage("coolingDown is -1; expected a whole number >= 0");
  }

  @Test
  void infinityIsNoProgress() {
    Run run = settings(1, 0).start();
    observe(run, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(run.learningRate(0)).isEqualTo(0.5);
  }
}
