package dev.descent.core.kernel.reference;

import static dev.descent.core.kernel.reference.ScalarMath.E0;
import static dev.descent.core.kernel.reference.ScalarMath.E1;
import static dev.descent.core.kernel.reference.ScalarMath.E2;
import static dev.descent.core.kernel.reference.ScalarMath.E3;
import static dev.descent.core.kernel.reference.ScalarMath.E4;
import static dev.descent.core.kernel.reference.ScalarMath.LOG2_E;
import static dev.descent.core.kernel.reference.ScalarMath.ROUNDER;

/**
 * The error function, and the Gaussian error linear unit with its derivative, in the style of
 * {@link ScalarMath}. Over all 2^32 floats, erf is at most 2 units in the last place from the exact
 * value rounded to float, gelu at most 8; below -13, where its magnitude is less than 1e-36, gelu
 * may be 0. Special values are those of the mathematics: the limit of gelu at negative infinity is
 * 0, not NaN.
 *
 * <p>gelu needs {@code Phi(-t) = e^(-t^2 / 2) s(t)}, the weight of the normal distribution's tail,
 * for {@code t = |x|} only: gelu(x) is {@code max(x, 0) - t Phi(-t)}, in which nothing cancels, and
 * its derivative {@code Phi(x) + x phi(x)} is {@code d} or {@code 1 - d} with {@code d = e^(-t^2 /
 * 2) (s(t) - t / sqrt(2 pi))}.
 */
public final class ErrorFunction {
  /** From here on, erf(x) is {@code 1 - e^-(x + x q(x))}, below {@code x + x p(x^2)}. */
  public static final float ERF_SPLIT = 0.9f;

  /** Above this, erf is 1. */
  public static final float ERF_MAX = 4f;

  /** Coefficients of p, lowest power first. */
  public static final float P0 = 0.12837915f;

  /** Coefficient of x^2. */
  public static final float P1 = -0.37612507f;

  /** Coefficient of x^4. */
  public static final float P2 = 0.11281976f;

  /** Coefficient of x^6. */
  public static final float P3 = -0.026773285f;

  /** Coefficient of x^8. */
  public static final float P4 = 0.00500416f;

  /** Coefficient of x^10. */
  public static final float P5 = -6.0524617e-4f;

  /** Coefficients of q, lowest power first. */
  public static final float Q0 = 0.12851995f;

  /** Coefficient of x. */
  public static final float Q1 = 0.6356994f;

  /** Coefficient of x^2. */
  public static final float Q2 = 0.10528679f;

  /** Coefficient of x^3. */
  public static final float Q3 = -0.022905968f;

  /** Coefficient of x^4. */
  public static final float Q4 = 0.0032199482f;

  /** Coefficient of x^5. */
  public static final float Q5 = -2.145907e-4f;

  /** From about here on, the 2^n in {@code e^(-t^2 / 2)} is 0, and so is the power. */
  public static final float TAIL_MAX = 13.27f;

  /** Half of 1 / ln 2, negative. */
  public static final float MINUS_HALF_LOG2_E = -0.7213475f;

  /** The first ten bits of ln 2, so that a multiple of it is exact. */
  public static final float LN_2_TEN_BITS = 0.6933594f;

  /** What {@link #LN_2_TEN_BITS} lacks of ln 2. */
  public static final float LN_2_REST = -2.1219444e-4f;

  /** Coefficients of the numerator of -s, lowest power first. */
  public static final float N0 = -0.5f;

  /** Coefficient of t. */
  public static final float N1 = -0.43655464f;

  /** Coefficient of t^2. */
  public static final float N2 = -0.18198036f;

  /** Coefficient of t^3. */
  public static final float N3 = -0.04022025f;

  /** Coefficient of t^4. */
  public static final float N4 = -0.004057524f;

  /** Coefficients of the denominator of s, which begins with 1; this one of t. */
  public static final float D1 = 1.6709942f;

  /** Coefficient of t^2. */
  public static final float D2 = 1.1972169f;

  /** Coefficient of t^3. */
  public static final float D3 = 0.46616584f;

  /** Coefficient of t^4. */
  public static final float D4 = 0.10082439f;

  /** Coefficient of t^5. */
  public static final float D5 = 0.010170566f;

  /** The height of the normal distribution, {@code 1 / sqrt(2 pi)}. */
  public static final float NORMAL_HEIGHT = 0.3989423f;

  private ErrorFunction() {}

  /** The error function, {@code 2 / sqrt(pi)} times the integral of {@code e^(-t^2)} to x. */
  public static float erf(float x) {
    float a = Math.abs(x);
    float t = a > ERF_MAX ? ERF_MAX : a;
    float q = Math.fma(Q5, t, Q4);
    q = Math.fma(q, t, Q3);
    q = Math.fma(q, t, Q2);
    q = Math.fma(q, t, Q1);
    q = Math.fma(q, t, Q0);
    float z = -Math.fma(q, t, t);
    float rounded = Math.fma(z, LOG2_E, ROUNDER);
    float r = ScalarMath.remainder(z, rounded);
    float e = Math.fma(Math.fma(ScalarMath.polynomial(r), r, 1f), r, 1f);
    float far = 1f - e * powerOfTwo(rounded);
    float s = t * t;
    float p = Math.fma(P5, s, P4);
    p = Math.fma(p, s, P3);
    p = Math.fma(p, s, P2);
    p = Math.fma(p, s, P1);
    p = Math.fma(p, s, P0);
    float near = Math.fma(p, t, t);
    return Math.copySign(t < ERF_SPLIT ? near : far, x);
  }

  /** {@code x Phi(x)}. */
  public static float gelu(float x) {
    float a = Math.abs(x);
    float t = a > TAIL_MAX ? TAIL_MAX : a;
    float minusTail = gaussian(t) * minusRatio(t);
    return Math.fma(t, minusTail, x <= 0f ? 0f : x);
  }

  /** The derivative of {@link #gelu}: {@code Phi(x) + x phi(x)}. */
  public static float geluSlope(float x) {
    float a = Math.abs(x);
    float t = a > TAIL_MAX ? TAIL_MAX : a;
    float minusD = gaussian(t) * Math.fma(NORMAL_HEIGHT, t, minusRatio(t));
    return x <= 0f ? 0f - minusD : 1f + minusD;
  }

  /**
   * {@code e^(-t^2 / 2)}: the square is rounded only when what 2^n holds is taken from it. The
   * polynomial by Estrin's scheme, in which fewer steps wait for each other than in Horner's.
   */
  private static float gaussian(float t) {
    float rounded = Math.fma(MINUS_HALF_LOG2_E * t, t, ROUNDER);
    float n = rounded - ROUNDER;
    float r = Math.fma(-0.5f * t, t, n * -LN_2_TEN_BITS);
    r = Math.fma(n, -LN_2_REST, r);
    float r2 = r * r;
    float q = Math.fma(E4, r2, Math.fma(E3, r, E2));
    q = Math.fma(q, r2, Math.fma(E1, r, E0));
    return Math.fma(q, r2, 1f + r) * powerOfTwo(rounded);
  }

  private static float powerOfTwo(float rounded) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << 23);
  }

  /** {@code -s(t)}, where {@code s(t) = e^(t^2 / 2) Phi(-t)}: polynomials of one sign each. */
  private static float minusRatio(float t) {
    float n = Math.fma(N4, t, N3);
    n = Math.fma(n, t, N2);
    n = Math.fma(n, t, N1);
    n = Math.fma(n, t, N0);
    float d = Math.fma(D5, t, D4);
    d = Math.fma(d, t, D3);
    d = Math.fma(d, t, D2);
    d = Math.fma(d, t, D1);
    d = Math.fma(d, t, 1f);
    return n / d;
  }
}
