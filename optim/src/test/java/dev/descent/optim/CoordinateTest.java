package dev.descent.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinateTest {
  /** L66: powers of decays, up to 100,000 steps. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.9, 0.999, 0.99999})
  void powersAgreeWithTheLibrarys(double decay) {
    assertThat(Coordinate.power(decay, 0)).isEqualTo(1);
    assertThat(Coordinate.power(decay, 1)).isEqualTo(decay);
    for (int step = 2; step <= 100_000; step += 1 + step / 50) {
      double expected = Math.pow(decay, step);
      assertThat(Coordinate.power(decay, step))
          .isCloseTo(expected, within(step * 0x1p-52 * expected + Double.MIN_NORMAL));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.8, -0.5, 0, 0.3, 1, 2.75, -3.1})
  void realPowersAgreeWithTheLibrarys(double exponent) {
    for (int base = 1; base <= 100_000; base += 1 + base / 50) {
      double expected = Math.pow(base, exponent);
      assertThat(Coordinate.realPower(base, exponent))
          .isCloseTo(expected, within(64 * 0x1p-52 * expected));
    }
  }

  @Test
  void ratioOfZerosIsZero() {
    assertThat(Coordinate.ratio(0, 0)).isZero();
    assertThat(Coordinate.ratio(1, 0)).isZero();
    assertThat(Coordinate.ratio(1, 4)).isEqualTo(0.25);
    assertThat(Coordinate.ratio(Double.NaN, 1)).isNaN();
    assertThat(Coordinate.ratio(1, Double.NaN)).isNaN();
  }
}
