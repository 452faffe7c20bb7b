package dev.descent.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.descent.core.random.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CartPoleTest {
  /** Two libraries' sines may differ in the last bit, and a falling pole makes more of it. */
  private static final double TOLERANCE = 1e-10;

  /** Some fall to either side, one leaves its track, one is still upright at the end. */
  @Test
  void goesWhereGymnasiumsGoes() throws IOException {
    List<?> episodes = (List<?>) read().get("episodes");

    assertThat(episodes).hasSize(6);
    for (Object each : episodes) {
      Map<?, ?> episode = (Map<?, ?>) each;
      String pushes = (String) episode.get("pushes");
      List<?> states = (List<?>) episode.get("states");
      CartPole cart = cart(episode.get("start"));
      for (int step = 0; step < pushes.length(); step++) {
        assertThat(cart.failed()).isFalse();
        cart = cart.pushed(pushes.charAt(step) == 'R');
        CartPole expected = cart(states.get(step));
        assertThat(cart.position()).isCloseTo(expected.position(), within(TOLERANCE));
        assertThat(cart.velocity()).isCloseTo(expected.velocity(), within(TOLERANCE));
        assertThat(cart.angle()).isCloseTo(expected.angle(), within(TOLERANCE));
        assertThat(cart.angularVelocity()).isCloseTo(expected.angularVelocity(), within(TOLERANCE));
      }
      assertThat(cart.failed()).isEqualTo(episode.get("failed"));
    }
  }

  @Test
  void startsNearTheMiddleAtChance() {
    CartPole one = CartPole.start(RandomStream.of(1, "start", 0));
    CartPole other = CartPole.start(RandomStream.of(1, "start", 1));

    assertThat(one).isEqualTo(CartPole.start(RandomStream.of(1, "start", 0))).isNotEqualTo(other);
    for (CartPole cart : List.of(one, other)) {
      assertThat(List.of(cart.position(), cart.velocity(), cart.angle(), cart.angularVelocity()))
          .doesNotHaveDuplicates()
          .allSatisfy(value -> assertThat(value).isBetween(-0.05, 0.05).isNotZero());
    }
  }

  private static CartPole cart(Object state) {
    double[] values = ((List<?>) state).stream().mapToDouble(x -> (double) x).toArray();
    return new CartPole(values[0], values[1], values[2], values[3]);
  }

  private static Map<String, Object> read() throws IOException {
    try (InputStream in = CartPoleTest.class.getResourceAsStream("cart-pole.json")) {
      return JSON.std.mapFrom(in);
    }
  }
}
