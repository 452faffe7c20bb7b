package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A step is the quotient it says, to 0.8 ulp, with any rate and epsilon. */
@Tag("widths")
class AdaptiveStepTest {
  /** Each mantissa of a divisor once, with other exponents and numerators. */
  @Test
  void quotientIsRightToFourFifthsOfAnUlp() {
    AdaptiveStep steps = AdaptiveStep.of(0x1p10, 1e-9);
    SplittableRandom random = new SplittableRandom(29);
    float[] x = new float[LANES];
    float[] root = new float[LANES];
    double worst = 0;
    for (int mantissa = 0; mantissa < 1 << 23; mantissa += LANES) {
      for (int i = 0; i < LANES; i++) {
        root[i] = Float.intBitsToFloat(random.nextInt(67, 190) << 23 | mantissa + i);
        x[i] = (float) random.nextDouble(-1e3, 1e3);
      }
      float[] step = along(steps, x, root);
      for (int i = 0; i < LANES; i++) {
        double exact = -(double) x[i] / Math.fma(root[i], steps.perRate(), steps.epsilonPerRate());
        worst = Math.max(worst, Math.abs(step[i] - exact) / Math.ulp((float) exact));
      }
    }
    assertThat(worst).isGreaterThan(0.5).isLessThan(0.8);
  }

  /** Those of usual size and those that are left to the divider. */
  @ParameterizedTest
  @CsvSource({
    "1e-3, 1e-8",
    "1, 1e-30",
    "1e-12, 1e-10",
    "-0.1, 1e-8", // as anybody would have them
    "0.1, 0",
    "0.1, 1e-40",
    "1, 1e38",
    "1e-20, 1e-8",
    "1e-37, 1e-8",
    "1e37, 1e-8"
  })
  void stepsAreQuotientsAtAnyRateAndEpsilon(double rate, double epsilon) {
    AdaptiveStep steps = AdaptiveStep.of(rate, epsilon);
    for (float root : new float[] {0x1p-74f, 1e-15f, 3e-8f, 0.7f, 1e9f, 0x1p63f}) {
      for (float x : new float[] {1e-10f, -0.3f, 1e9f}) {
        double exact = -rate * x / (root + epsilon);
        if (Math.abs(exact) > Float.MIN_NORMAL && Math.abs(exact) < Float.MAX_VALUE) {
          assertThat(step(steps, x, root) / exact).isBetween(1 - 3e-7, 1 + 3e-7);
        } else if (Math.abs(exact) < 1) {
          assertThat(Math.abs(step(steps, x, root))).isLessThanOrEqualTo(Float.MIN_NORMAL);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-8, 1})
  void withoutRateThereIsNoStep(double epsilon) {
    AdaptiveStep steps = AdaptiveStep.of(0, epsilon);
    assertThat(step(steps, 5, 2)).isZero();
    assertThat(step(steps, 5, 0)).isZero();
    assertThat(step(steps, 0, 0)).isZero();
  }

  @Test
  void withoutRootThereIsNoStepUnlessEpsilonMakesOne() {
    assertThat(step(AdaptiveStep.of(0.1, 0), 5, 0)).isZero();
    assertThat(step(AdaptiveStep.of(0.1, 0.5), 5, 0)).isEqualTo(-1f);
  }

  private static float step(AdaptiveStep steps, float x, float root) {
    float[] xs = new float[LANES];
    float[] roots = new float[LANES];
    xs[0] = x;
    roots[0] = root;
    return along(steps, xs, roots)[0];
  }

  private static float[] along(AdaptiveStep steps, float[] x, float[] root) {
    return steps
        .along(FloatVector.fromArray(FLOATS, x, 0), FloatVector.fromArray(FLOATS, root, 0))
        .toArray();
  }
}
