package dev.descent.core.kernel.reference;

import static dev.descent.core.kernel.reference.ScalarMath.*;

/**
 * What is built from the exponential and the logarithm of {@link ScalarMath} without losing what
 * they have: {@code e^x - 1} and {@code ln(1 + x)} near zero, and activation functions. expm1 and
 * log1p are at most 2 units in the last place from the exact value rounded to float.
 *
 * <p>Where an activation is of less magnitude than {@code 88 e^-87}, about 1e-36, it may be 0.
 */
public final class Exponentials {
  /** {@code sqrt(8 / pi)}. */
  public static final float GELU_SLOPE = 1.5957692f;

  /** 0.044715 times {@code sqrt(8 / pi)}. */
  public static final float GELU_CUBE = 0.07135482f;

  private Exponentials() {}

  /** {@code e^x - 1}. */
  public static float expm1(float x) {
    if (x > EXP_ORDINARY) {
      return exp(x); // beside which 1 is nothing
    }
    return ordinaryExpm1(x < -EXP_ORDINARY ? -EXP_ORDINARY : x);
  }

  /** {@code e^x - 1} as {@code 2^n (e^r - 1) + (2^n - 1)}, for {@code |x| <= EXP_ORDINARY}. */
  private static float ordinaryExpm1(float x) {
    float rounded = Math.fma(x, LOG2_E, ROUNDER);
    float r = remainder(x, rounded);
    float p = Math.fma(polynomial(r), r * r, r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << 23);
    return Math.copySign(Math.fma(power, p, power - 1f), x);
  }

  /** {@code ln(1 + x)}; negative infinity at -1, NaN below. */
  public static float log1p(float x) {
    float u = 1f + x;
    // What is lost in that sum.
    float lost = x > 1f ? 1f - (u - x) : x - (u - 1f);
    int bits = Float.floatToRawIntBits(u) - TWO_THIRDS_BITS;
    int n = bits >> 23;
    float scale = Float.intBitsToFloat(Math.max(127 - n, 0) << 23);
    float f = Math.fma(lost, scale, Float.intBitsToFloat((bits & 0x7fffff) + TWO_THIRDS_BITS) - 1f);
    float log = logarithm(n, f);
    if (x == 0f || !(x < Float.POSITIVE_INFINITY)) {
      return x; // negative zero, infinity and NaN stay
    }
    return x > -1f ? log : x == -1f ? Float.NEGATIVE_INFINITY : Float.NaN;
  }

  /** {@code n ln 2 + ln(1 + f)}. */
  private static float logarithm(float n, float f) {
    float p = Math.fma(L7, f, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L1);
    p = Math.fma(p, f, L0);
    p = Math.fma(p, f, -0.5f);
    return Math.fma(n, LN_2_HIGH, Math.fma(p, f * f, n * LN_2_LOW) + f);
  }

  /** {@code ln(1 + e^x)}, as {@code max(x, 0) + ln(1 + e^-|x|)}. */
  public static float softplus(float x) {
    float a = Math.abs(x);
    float power = ordinaryExp(a > EXP_ORDINARY ? -EXP_ORDINARY : -a);
    power = a > EXP_ORDINARY ? 0f : power;
    // 1 + power = 2^n (1 + f) with n = 0 or 1, and what is lost in the first sum added to f.
    float u = 1f + power;
    float lost = power - (u - 1f);
    boolean upper = u > 1.3333334f;
    float f = upper ? Math.fma(lost, 0.5f, u * 0.5f - 1f) : lost + (u - 1f);
    return (x <= 0f ? 0f : x) + logarithm(upper ? 1f : 0f, f);
  }

  /** {@code x / (1 + e^-x)}. */
  public static float silu(float x) {
    return weighted(x, x);
  }

  /** {@code x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2}. */
  public static float geluTanh(float x) {
    return weighted(x, x * Math.fma(GELU_CUBE * x, x, GELU_SLOPE));
  }

  /** {@code x / (1 + e^-z)}; 0 for z below -EXP_ORDINARY. */
  private static float weighted(float x, float z) {
    float a = -z;
    a = a > EXP_ORDINARY ? EXP_ORDINARY : a;
    a = a < -EXP_ORDINARY ? -EXP_ORDINARY : a;
    float y = x / (1f + ordinaryExp(a));
    return z < -EXP_ORDINARY ? 0f : y;
  }

  /** {@code x} where it is positive, else {@code alpha (e^x - 1)}. */
  public static float elu(float x, float alpha) {
    float z = x > 0f ? 0f : x;
    z = z < -EXP_ORDINARY ? -EXP_ORDINARY : z;
    float below = alpha * ordinaryExpm1(z);
    return x > 0f ? x : below;
  }

  /** {@code e^x} for {@code |x| <= EXP_ORDINARY}. */
  private static float ordinaryExp(float x) {
    float rounded = Math.fma(x, LOG2_E, ROUNDER);
    float r = remainder(x, rounded);
    float p = Math.fma(Math.fma(polynomial(r), r, 1f), r, 1f);
    return p * Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << 23);
  }
}
