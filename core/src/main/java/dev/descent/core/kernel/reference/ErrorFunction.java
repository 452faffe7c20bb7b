package dev.descent.core.kernel.reference;

import static dev.descent.core.kernel.reference.ScalarMath.LOG2_E;
import static dev.descent.core.kernel.reference.ScalarMath.ROUNDER;

/**
 * The error function, and the Gaussian error linear unit with its derivative, in the style of
 * {@link ScalarMath}. Over all 2^32 floats, erf is at most 2 units in the last place from the exact
 * value rounded to float. gelu is at most 12 for x above -2, 128 for x above -6.5, and 0 from there
 * on, where its magnitude is less than 3e-10. Special values are those of the mathematics: the
 * limit of gelu at negative infinity is 0, not NaN.
 *
 * <p>gelu(x) is {@code max(x, 0) - t Phi(-t)} with {@code t = |x|}, in which nothing cancels. Its
 * derivative {@code Phi(x) + x phi(x)} is {@code d} or, for positive x, {@code 1 - d} with {@code d
 * = Phi(-t) - t phi(t)}.
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

  /** Above this, {@code t Phi(-t)} is less than 3e-10, and taken to be 0. */
  public static final float TAIL_MAX = 6.5f;

  /** Adding and subtracting this rounds to an integer, whose low bits it then holds. */
  public static final float INTEGER = 0x1.8p23f;

  /** Coefficients of p in {@code log2 Phi(-t) = t p(t) - 1}, lowest power first. */
  public static final float T0 = -1.1511052f;

  /** Coefficient of t. */
  public static final float T1 = -0.45921314f;

  /** Coefficient of t^2. */
  public static final float T2 = -0.05245906f;

  /** Coefficient of t^3. */
  public static final float T3 = 0.006959933f;

  /** Coefficient of t^4. */
  public static final float T4 = 5.2950973e-6f;

  /** Coefficient of t^5. */
  public static final float T5 = -2.935214e-4f;

  /** Coefficient of t^6. */
  public static final float T6 = 8.55012e-5f;

  /** Coefficient of t^7. */
  public static final float T7 = -1.3960741e-5f;

  /** Coefficient of t^8. */
  public static final float T8 = 1.4061822e-6f;

  /** Coefficient of t^9. */
  public static final float T9 = -8.146862e-8f;

  /** Coefficient of t^10. */
  public static final float T10 = 2.0803808e-9f;

  /** Coefficients in {@code 2^f = 1 + X1 f + ...} for {@code |f| <= 1/2}, lowest power first. */
  public static final float X1 = 0.6931472f;

  /** Coefficient of f^2. */
  public static final float X2 = 0.24022648f;

  /** Coefficient of f^3. */
  public static final float X3 = 0.055503596f;

  /** Coefficient of f^4. */
  public static final float X4 = 0.0096185f;

  /** Coefficient of f^5. */
  public static final float X5 = 0.0013390976f;

  /** Coefficient of f^6. */
  public static final float X6 = 0.00015328907f;

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
    float far = 1f - exponential(z);
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
    float t = Math.abs(x);
    float product = t * tail(t);
    return (x <= 0f ? 0f : x) - (t > TAIL_MAX ? 0f : product);
  }

  /** The derivative of {@link #gelu}: {@code Phi(x) + x phi(x)}. */
  public static float geluSlope(float x) {
    float a = Math.abs(x);
    float t = a > TAIL_MAX ? TAIL_MAX : a;
    float density = NORMAL_HEIGHT * exponential(-0.5f * t * t);
    float d = Math.fma(-t, density, tail(t));
    d = a > TAIL_MAX ? 0f : d;
    return x <= 0f ? d : 1f - d;
  }

  /**
   * {@code Phi(-t)} for t from 0 to TAIL_MAX; of no meaning above. Polynomials by Estrin's scheme,
   * in which fewer steps wait for each other than in Horner's.
   */
  private static float tail(float t) {
    float t2 = t * t;
    float t4 = t2 * t2;
    float low = Math.fma(Math.fma(T3, t, T2), t2, Math.fma(T1, t, T0));
    float middle = Math.fma(Math.fma(T7, t, T6), t2, Math.fma(T5, t, T4));
    float high = Math.fma(T10, t2, Math.fma(T9, t, T8));
    float p = Math.fma(Math.fma(high, t4, middle), t4, low);
    float log2 = Math.fma(p, t, -1f);
    float rounded = log2 + INTEGER;
    float f = log2 - (rounded - INTEGER);
    float f2 = f * f;
    float e = Math.fma(X6, f2, Math.fma(X5, f, X4));
    e = Math.fma(e, f2, Math.fma(X3, f, X2));
    e = Math.fma(e, f2, Math.fma(X1, f, 1f));
    // Times 2^n by adding to the exponent: n is not less than -37.
    int exponent = Float.floatToRawIntBits(rounded) << 23;
    return Float.intBitsToFloat(Float.floatToRawIntBits(e) + exponent);
  }

  /** {@code e^z} for z from -EXP_ORDINARY to 0. */
  private static float exponential(float z) {
    float rounded = Math.fma(z, LOG2_E, ROUNDER);
    float r = ScalarMath.remainder(z, rounded);
    float e = Math.fma(Math.fma(ScalarMath.polynomial(r), r, 1f), r, 1f);
    return e * Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << 23);
  }
}
