package dev.descent.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Evaluation NOTHING = new Evaluation(0.5, new LinkedHashMap<>());
  private static final Epoch FIRST = new Epoch(1, 7, 1.5, NOTHING, null);
  private static final Epoch SECOND = new Epoch(2, 4, 2.25, NOTHING, null);

  @Test
  void addsUpAndKnowsTheLast() {
    List<Epoch> epochs = new ArrayList<>(List.of(FIRST, SECOND));
    History history = new History(epochs);
    epochs.clear();

    assertThat(history.epochs()).containsExactly(FIRST, SECOND);
    assertThat(history.last()).isEqualTo(SECOND);
    assertThat(history.seconds()).isEqualTo(3.75);
    assertThat(history.examples()).isEqualTo(11);
  }

  @Test
  void isNotEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new History(List.of()))
        .withMessage("a history of no epochs; expected at least one");
  }
}
