package dev.descent.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class CartPoleViewTest {
  @Test
  void drawsToScale() {
    List<String> upright = CartPoleView.draw(new CartPole(0, 0, 0, 0));
    List<String> leaning = CartPoleView.draw(new CartPole(1.2, 0, 0.2, 0));

    assertThat(upright)
        .containsExactly(
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(36) + "|",
            " ".repeat(33) + "[====]",
            "-".repeat(73));
    // 1.2 m are a quarter of the track, 18 columns; the tip leans by tan(0.2) m, 3 columns.
    assertThat(leaning.get(8)).isEqualTo(" ".repeat(51) + "[====]");
    assertThat(leaning.get(7)).isEqualTo(" ".repeat(54) + "/");
    assertThat(leaning.get(0)).isEqualTo(" ".repeat(57) + "/");
    assertThat(CartPoleView.draw(new CartPole(0, 0, -0.2, 0)).get(0))
        .isEqualTo(" ".repeat(33) + "\\");
  }

  @Test
  void whatIsBesideTheTrackIsCutOff() {
    assertThat(CartPoleView.draw(new CartPole(2.5, 0, 0.2, 0)))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(74));
    assertThat(CartPoleView.draw(new CartPole(-2.41, 0, 0, 0)).get(8)).isEqualTo("==]");
  }

  @Test
  void eachPictureTakesThePlaceOfTheOneBefore() {
    StringWriter out = new StringWriter();
    CartPole cart = new CartPole(0, 0, 0, 0);

    CartPoleView.animate(new PrintWriter(out), List.of(cart, cart.pushed(true)));

    assertThat(out.toString().split("\033\\[10A", -1))
        .hasSize(2)
        .allSatisfy(picture ->
            assertThat(picture.lines()).hasSize(10).allMatch(line -> line.endsWith("\033[K")));
  }
}
