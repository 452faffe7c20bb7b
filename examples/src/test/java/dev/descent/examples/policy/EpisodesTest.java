package dev.descent.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.examples.policy.Episodes.Step;
import dev.descent.nn.layer.Linear;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodesTest {
  private static final CartPole UPRIGHT = new CartPole(0, 0, 0, 0);

  /**
   * Episodes of 3 steps, 2 and 1, by hand: with discount 1/2 the returns are 1.75, 1.5 and 1 from
   * the start, 1.5 and 1 from the second step, and 1 from the third. Less their means 17/12, 5/4
   * and 1 that is 4/12, 1/12 and -5/12, 3/12 and -3/12, and 0; the root mean square is sqrt(10)/12.
   */
  @Test
  void advantagesAreReturnsLessTheirMeanAtTheSameTime() {
    Episodes episodes =
        new Episodes(
            List.of(
                new Step(0, 0, UPRIGHT, true),
                new Step(1, 0, UPRIGHT, false),
                new Step(2, 0, UPRIGHT, true),
                new Step(0, 1, UPRIGHT, true),
                new Step(1, 1, UPRIGHT, false),
                new Step(0, 2, UPRIGHT, false)),
            List.of(3, 2, 1));

    float[] advantages = episodes.advantages(0.5).toArray();

    float unit = (float) (1 / Math.sqrt(10));
    assertThat(advantages)
        .containsExactly(
            new float[] {4 * unit, unit, -5 * unit, 3 * unit, -3 * unit, 0}, within(1e-6f));
    assertThat(episodes.actions().toArray()).containsExactly(1, 0, 1, 1, 0, 0);
    assertThat(episodes.meanReturn()).isEqualTo(2);
  }

  /** One that always pushes to the right; Gymnasium's poles fall after 8 to 12 of these. */
  @Test
  void likeliestIsWhatThePolicyPrefers() {
    Linear right =
        new Linear(Parameter.of(Shape.of(2, 4), new float[8]), Parameter.of(Shape.of(2), 0, 0.1f));

    Episodes episodes = Episodes.likeliest(right, 1, 5);

    assertThat(episodes.lengths()).hasSize(5).allMatch(length -> length >= 8 && length <= 12);
    assertThat(episodes.steps()).allMatch(Step::right);
    assertThat(episodes.statesOf(4)).hasSize(episodes.lengths().get(4));
    assertThat(episodes.observations().shape())
        .isEqualTo(Shape.of(episodes.lengths().stream().mapToInt(n -> n).sum(), 4));
  }

  /** An episode's chance is its own: who plays beside it does not matter. */
  @Test
  void episodesAreTheSameAloneAndSideBySide() {
    Linear policy = Linear.of(4, 2, RandomStream.of(1, "initialization"));

    Episodes together = Episodes.sampled(policy, 7, 0, 3);

    for (int i = 0; i < 3; i++) {
      Episodes alone = Episodes.sampled(policy, 7, i, 1);
      assertThat(alone.lengths()).containsExactly(together.lengths().get(i));
      assertThat(alone.statesOf(0)).isEqualTo(together.statesOf(i));
    }
    assertThat(together.statesOf(0)).isNotEqualTo(together.statesOf(1));
    assertThat(together.steps()).anyMatch(Step::right).anyMatch(step -> !step.right());
    assertThat(Episodes.sampled(policy, 8, 0, 3).steps()).isNotEqualTo(together.steps());
  }

  /** Pushes towards where the pole falls, by hand: it stays upright until time is up. */
  @Test
  void anEpisodeEndsAfterFiveHundredSteps() {
    Linear balance =
        new Linear(
            Parameter.of(Shape.of(2, 4), 0, 0, 0, 0, 0.01f, 0.1f, 1, 0.3f),
            Parameter.of(Shape.of(2), 0, 0));

    Episodes episodes = Episodes.likeliest(balance, 1, 2);

    assertThat(episodes.lengths()).containsExactly(500, 500);
    assertThat(episodes.steps().getLast().time()).isEqualTo(499);
  }
}
