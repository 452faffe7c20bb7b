package dev.descent.core.kernel.reference;

import static dev.descent.core.kernel.Floats.assertSameBits;
import static java.lang.Float.NEGATIVE_INFINITY;
import static java.lang.Float.NaN;
import static java.lang.Float.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.kernel.Floats;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The polynomials against {@link Math} in double precision, rounded to float: it is faster than
 * StrictMath, and both may be wrong in a last place that a float does not have. An error is the
 * number of floats that lie between the result and that, so it has a meaning for subnormal numbers
 * and at the edge of overflow too.
 */
class ScalarMathTest {
  enum Function {
    EXP(ScalarMath::exp, Math::exp, 1),
    LOG(ScalarMath::log, Math::log, 1),
    TANH(ScalarMath::tanh, Math::tanh, 2),
    SIGMOID(ScalarMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), 2),
    EXPM1(Exponentials::expm1, Math::expm1, 2),
    LOG1P(Exponentials::log1p, Math::log1p, 2),
    SIN(Trigonometry::sin, Math::sin, 2),
    COS(Trigonometry::cos, Math::cos, 2),
    ERF(ErrorFunction::erf, NormalDistribution::erf, 2),
    GELU(ErrorFunction::gelu, x -> x * NormalDistribution.cumulative(x), 8, 1e-36),
    SILU(Exponentials::silu, x -> x / (1 + Math.exp(-x)), 3, 2e-36),
    SOFTPLUS(
        Exponentials::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 3, 2e-36);

    private final FloatFunction ours;
    private final DoubleUnaryOperator exact;
    private final int allowed;

    /** Results of at most this magnitude may differ by as much. */
    private final double tiny;

    Function(FloatFunction ours, DoubleUnaryOperator exact, int allowed) {
      this(ours, exact, allowed, 0);
    }

    Function(FloatFunction ours, DoubleUnaryOperator exact, int allowed, double tiny) {
      this.ours = ours;
      this.exact = exact;
      this.allowed = allowed;
      this.tiny = tiny;
    }

    Deviation deviation(float x) {
      float expected = (float) exact.applyAsDouble(x);
      float result = ours.apply(x);
      if (x == NEGATIVE_INFINITY && tiny > 0) {
        expected = 0; // where the formula is 0 times infinity
      }
      if (Math.abs(expected) <= tiny && Math.abs(result) <= tiny) {
        return new Deviation(x, 0);
      }
      if (Float.isNaN(expected) || Float.isNaN(result)) {
        return new Deviation(x, Float.isNaN(expected) == Float.isNaN(result) ? 0 : Long.MAX_VALUE);
      }
      return new Deviation(x, Math.abs(place(result) - place(expected)));
    }
  }

  private interface FloatFunction {
    float apply(float x);
  }

  /** Numbers all floats from negative to positive infinity; both zeros are number 0. */
  private static long place(float x) {
    int bits = Float.floatToRawIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - (long) bits;
  }

  record Deviation(float x, long ulps) {
    Deviation max(Deviation other) {
      return other.ulps > ulps ? other : this;
    }
  }

  private static Deviation worst(Function function, Stream<float[]> floats) {
    return floats
        .parallel()
        .map(chunk -> {
          Deviation worst = new Deviation(NaN, 0);
          for (float x : chunk) {
            worst = worst.max(function.deviation(x));
          }
          return worst;
        })
        .reduce(new Deviation(NaN, 0), Deviation::max);
  }

  private static void assertExact(Function function, Stream<float[]> floats) {
    Deviation worst = worst(function, floats);

    assertThat(worst.ulps)
        .describedAs("ulps of %s(%s)", function, worst.x)
        .isLessThanOrEqualTo(function.allowed);
  }

  @ParameterizedTest
  @EnumSource
  void ofASampleOfAllFloats(Function function) {
    assertExact(function, Floats.everyNth(1009));
  }

  @ParameterizedTest
  @EnumSource
  void ofSpecialValues(Function function) {
    assertExact(function, Stream.of(Floats.special()));
  }

  /** Two minutes a function: {@code mvn test -pl core -Pexhaustive}. */
  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void ofAllFloats(Function function) {
    assertExact(function, Floats.everyNth(1));
  }

  @Test
  void exponentialOfSpecialValues() {
    assertExactly(ScalarMath.exp(0f), 1f);
    assertExactly(ScalarMath.exp(-0f), 1f);
    assertExactly(ScalarMath.exp(Float.MIN_VALUE), 1f);
    assertExactly(ScalarMath.exp(POSITIVE_INFINITY), POSITIVE_INFINITY);
    assertExactly(ScalarMath.exp(Float.MAX_VALUE), POSITIVE_INFINITY);
    assertExactly(ScalarMath.exp(NEGATIVE_INFINITY), 0f);
    assertExactly(ScalarMath.exp(-Float.MAX_VALUE), 0f);
    assertExactly(ScalarMath.exp(NaN), NaN);
  }

  @Test
  void logarithmOfSpecialValues() {
    assertExactly(ScalarMath.log(1f), 0f);
    assertExactly(ScalarMath.log(0f), NEGATIVE_INFINITY);
    assertExactly(ScalarMath.log(-0f), NEGATIVE_INFINITY);
    assertExactly(ScalarMath.log(POSITIVE_INFINITY), POSITIVE_INFINITY);
    assertExactly(ScalarMath.log(NEGATIVE_INFINITY), NaN);
    assertExactly(ScalarMath.log(-Float.MIN_VALUE), NaN);
    assertExactly(ScalarMath.log(NaN), NaN);
  }

  @Test
  void hyperbolicTangentOfSpecialValues() {
    assertExactly(ScalarMath.tanh(0f), 0f);
    assertExactly(ScalarMath.tanh(-0f), -0f);
    assertExactly(ScalarMath.tanh(-Float.MIN_VALUE), -Float.MIN_VALUE);
    assertExactly(ScalarMath.tanh(POSITIVE_INFINITY), 1f);
    assertExactly(ScalarMath.tanh(NEGATIVE_INFINITY), -1f);
    assertExactly(ScalarMath.tanh(-Float.MAX_VALUE), -1f);
    assertExactly(ScalarMath.tanh(NaN), NaN);
  }

  @Test
  void sigmoidOfSpecialValues() {
    assertExactly(ScalarMath.sigmoid(0f), 0.5f);
    assertExactly(ScalarMath.sigmoid(-0f), 0.5f);
    assertExactly(ScalarMath.sigmoid(POSITIVE_INFINITY), 1f);
    assertExactly(ScalarMath.sigmoid(NEGATIVE_INFINITY), 0f);
    assertExactly(ScalarMath.sigmoid(Float.MAX_VALUE), 1f);
    assertExactly(ScalarMath.sigmoid(NaN), NaN);
  }

  @Test
  void errorFunctionOfSpecialValues() {
    assertExactly(ErrorFunction.erf(0f), 0f);
    assertExactly(ErrorFunction.erf(-0f), -0f);
    assertExactly(ErrorFunction.erf(Float.MIN_VALUE), Float.MIN_VALUE);
    assertExactly(ErrorFunction.erf(POSITIVE_INFINITY), 1f);
    assertExactly(ErrorFunction.erf(NEGATIVE_INFINITY), -1f);
    assertExactly(ErrorFunction.erf(-Float.MAX_VALUE), -1f);
    assertExactly(ErrorFunction.erf(NaN), NaN);
  }

  @Test
  void functionsNearOneOfSpecialValues() {
    assertExactly(Exponentials.expm1(-0f), -0f);
    assertExactly(Exponentials.expm1(Float.MIN_VALUE), Float.MIN_VALUE);
    assertExactly(Exponentials.expm1(POSITIVE_INFINITY), POSITIVE_INFINITY);
    assertExactly(Exponentials.expm1(NEGATIVE_INFINITY), -1f);
    assertExactly(Exponentials.expm1(NaN), NaN);
    assertExactly(Exponentials.log1p(-0f), -0f);
    assertExactly(Exponentials.log1p(Float.MIN_VALUE), Float.MIN_VALUE);
    assertExactly(Exponentials.log1p(-1f), NEGATIVE_INFINITY);
    assertExactly(Exponentials.log1p(Math.nextDown(-1f)), NaN);
    assertExactly(Exponentials.log1p(NEGATIVE_INFINITY), NaN);
    assertExactly(Exponentials.log1p(POSITIVE_INFINITY), POSITIVE_INFINITY);
    assertExactly(Exponentials.log1p(NaN), NaN);
  }

  @Test
  void sineAndCosineOfSpecialValues() {
    assertExactly(Trigonometry.sin(-0f), -0f);
    assertExactly(Trigonometry.sin(POSITIVE_INFINITY), NaN);
    assertExactly(Trigonometry.sin(NaN), NaN);
    assertExactly(Trigonometry.cos(-0f), 1f);
    assertExactly(Trigonometry.cos(NEGATIVE_INFINITY), NaN);
    assertExactly(Trigonometry.cos(NaN), NaN);
  }

  @Test
  void activationsOfSpecialValues() {
    for (FloatFunction each :
        new FloatFunction[] {
          ErrorFunction::gelu, Exponentials::geluTanh, Exponentials::silu, Exponentials::softplus
        }) {
      assertExactly(each.apply(POSITIVE_INFINITY), POSITIVE_INFINITY);
      assertExactly(each.apply(Float.MAX_VALUE), Float.MAX_VALUE);
      assertExactly(each.apply(NEGATIVE_INFINITY), 0f);
      assertExactly(each.apply(-Float.MAX_VALUE), 0f);
      assertExactly(each.apply(NaN), NaN);
    }
    assertExactly(ErrorFunction.geluSlope(POSITIVE_INFINITY), 1f);
    assertExactly(ErrorFunction.geluSlope(NEGATIVE_INFINITY), 0f);
    assertExactly(ErrorFunction.geluSlope(0f), 0.5f);
    assertExactly(ErrorFunction.geluSlope(NaN), NaN);
    assertExactly(Exponentials.elu(NEGATIVE_INFINITY, 2f), -2f);
    assertExactly(Exponentials.elu(POSITIVE_INFINITY, 2f), POSITIVE_INFINITY);
    assertExactly(Exponentials.elu(-0f, 2f), -0f);
    assertExactly(Exponentials.elu(NaN, 2f), NaN);
  }

  private static void assertExactly(float actual, float expected) {
    assertSameBits(actual, expected, "the result");
  }
}
