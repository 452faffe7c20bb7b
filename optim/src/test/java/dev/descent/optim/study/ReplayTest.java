package dev.descent.optim.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.descent.optim.Slot;
import dev.descent.optim.rule.Adam;
import dev.descent.optim.rule.Momentum;
import org.junit.jupiter.api.Test;

class ReplayTest {
  @Test
  void stepsGiveDeltasAndMoveTheValues() {
    Replay replay = new Replay(new Momentum(0.5), 1, 2);
    assertThat(replay.step(0.5, 2, -4)).containsExactly(-1, 2);
    assertThat(replay.step(1, 2, 0)).containsExactly(-3, 2);
    assertThat(replay.values()).containsExactly(-3, 6);
    assertThat(replay.state(Momentum.V)).containsExactly(3, -2);
    assertThat(replay.stepsTaken()).isEqualTo(2);
  }

  @Test
  void startIsCopied() {
    double[] start = {1};
    Replay replay = new Replay(new Momentum(), start);
    replay.step(1, 1);
    assertThat(start).containsExactly(1);
  }

  @Test
  void notesAreWhatTheRuleNamed() {
    Replay replay = new Replay(new Adam(0.5, 0.5, 0), 0, 0);
    replay.step(1, 1, 2);
    replay.step(1, 0, 2);
    assertThat(replay.notes(0))
        .containsExactly(entry("mHat", 0.25 / 0.75), entry("vHat", 0.25 / 0.75));
    assertThat(replay.notes(1)).containsExactly(entry("mHat", 2.0), entry("vHat", 4.0));
  }

  @Test
  void raggedGradientsAreErrorsAndNothingMoves() {
    Replay replay = new Replay(new Momentum(), 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> replay.step(1, 1, 2, 3))
        .withMessage("3 gradients at step 1; expected 2, one for each coordinate");
    assertThat(replay.stepsTaken()).isZero();
  }

  @Test
  void unknownSlotsAreErrors() {
    Replay replay = new Replay(new Momentum(), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> replay.state(Slot.zero("w", "")))
        .withMessage("Momentum[momentum=0.9, dampening=0.0] has no slot w; expected one of [v]");
  }
}
