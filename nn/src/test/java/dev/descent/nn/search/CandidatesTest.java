package dev.descent.nn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.random.RandomStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private record Settings(double rate, int hidden) {}

  @Test
  void aGridHasAllCombinations() {
    Candidates<Settings> grid =
        Candidates.of(new Settings(1, 1))
            .vary(List.of(0.1, 0.2), (s, rate) -> new Settings(rate, s.hidden()))
            .vary(List.of(3, 4, 5), (s, hidden) -> new Settings(s.rate(), hidden));

    assertThat(grid.all())
        .containsExactly(
            new Settings(0.1, 3),
            new Settings(0.1, 4),
            new Settings(0.1, 5),
            new Settings(0.2, 3),
            new Settings(0.2, 4),
            new Settings(0.2, 5));
  }

  @Test
  void drawsTheSameAgainAndMoreBehind() {
    Candidates<Double> few = Candidates.drawn(3, 1, random -> Draw.uniform(random, 2, 5));
    Candidates<Double> more = Candidates.drawn(50, 1, random -> Draw.uniform(random, 2, 5));

    assertThat(more.all().subList(0, 3)).isEqualTo(few.all());
    assertThat(more.all()).allMatch(number -> number >= 2 && number <= 5);
    assertThat(new HashSet<>(more.all())).hasSize(50);
    assertThat(Candidates.drawn(3, 2, random -> Draw.uniform(random, 2, 5))).isNotEqualTo(few);
  }

  /** Each order of magnitude is as likely. */
  @Test
  void logarithmsAreUniform() {
    RandomStream random = RandomStream.of(1, "test");
    int[] decades = new int[3];
    for (int i = 0; i < 3000; i++) {
      double number = Draw.logUniform(random, 1e-4, 0.1);
      assertThat(number).isBetween(1e-4, 0.1);
      decades[number < 1e-3 ? 0 : number < 1e-2 ? 1 : 2]++;
    }

    assertThat(decades[0]).isBetween(900, 1100);
    assertThat(decades[1]).isBetween(900, 1100);
    assertThat(Draw.logUniform(random, 3, 3)).isEqualTo(3);
  }

  @Test
  void choosesAmongAll() {
    RandomStream random = RandomStream.of(1, "test");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      seen.add(Draw.from(random, "a", "b", "c"));
    }

    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void refusesNothingAndWrongRanges() {
    RandomStream random = RandomStream.of(1, "test");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Candidates<>(List.of()))
        .withMessage("the number of candidates is 0; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Candidates.of("a").vary(List.of(), (a, b) -> a))
        .withMessage("the number of candidates is 0; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Candidates.drawn(0, 1, r -> r))
        .withMessage("count is 0; expected a whole number >= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draw.logUniform(random, 0, 1))
        .withMessage("from is 0.0; expected a finite number > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draw.uniform(random, 2, 1))
        .withMessage("to is 1.0; expected a number >= 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draw.from(random))
        .withMessage("the number of values is 0; expected at least one");
  }
}
