package dev.descent.core.kernel.reference;

/**
 * Exponential, logarithm and their relatives as polynomials of our own, so that a result does not
 * depend on the processor or the Java runtime. Over all 2^32 floats, exp and log are at most 1 unit
 * in the last place from the exact value rounded to float, tanh and sigmoid at most 2; special
 * values are as {@link Math} has them. The coefficients are minimax fits for the relative error.
 *
 * <p>The vector kernels compute the same expressions with the same constants: the same bits.
 */
public final class ScalarMath {
  /**
   * Adding this to a float of magnitude below 2^21 rounds it to an integer n and puts n + 127 into
   * the low bits: shifted by 23 they are the bits of 2^n.
   */
  public static final float ROUNDER = 0x1.8p23f + 127;

  /** 1 / ln 2. */
  public static final float LOG2_E = 1.442695f;

  /** The float nearest to ln 2. */
  public static final float LN_2_HIGH = 0.6931472f;

  /** What {@link #LN_2_HIGH} lacks of ln 2. */
  public static final float LN_2_LOW = -1.9046542e-9f;

  /** Above this, e^x is infinite. */
  public static final float EXP_MAX = 89f;

  /** Below this, e^x is zero. */
  public static final float EXP_MIN = -104f;

  /** For magnitudes up to this, e^x is a normal number, and so is the 2^n that it is made with. */
  public static final float EXP_ORDINARY = 87f;

  /** q in {@code e^r = 1 + r + r^2 q(r)} for {@code |r| <= ln 2 / 2}, lowest power first. */
  public static final float E0 = 0.5f;

  /** Coefficient of r. */
  public static final float E1 = 0.16666533f;

  /** Coefficient of r^2. */
  public static final float E2 = 0.04166722f;

  /** Coefficient of r^3. */
  public static final float E3 = 0.008367582f;

  /** Coefficient of r^4. */
  public static final float E4 = 0.0013865442f;

  /** Bits of 2/3, where the mantissas that the logarithm works on begin. */
  public static final int TWO_THIRDS_BITS = 0x3f2aaaab;

  /**
   * p in {@code log(1 + f) = f - f^2 / 2 + f^3 p(f)} for {@code -1/3 <= f < 1/3}, lowest power
   * first.
   */
  public static final float L0 = 0.33333215f;

  /** Coefficient of f. */
  public static final float L1 = -0.24999797f;

  /** Coefficient of f^2. */
  public static final float L2 = 0.20010406f;

  /** Coefficient of f^3. */
  public static final float L3 = -0.16680487f;

  /** Coefficient of f^4. */
  public static final float L4 = 0.14005862f;

  /** Coefficient of f^5. */
  public static final float L5 = -0.12184278f;

  /** Coefficient of f^6. */
  public static final float L6 = 0.13984467f;

  /** Coefficient of f^7. */
  public static final float L7 = -0.12891601f;

  /** Above this, tanh is 1. */
  public static final float TANH_MAX = 9.1f;

  private ScalarMath() {}

  /** {@code e^x}. */
  public static float exp(float x) {
    float z = x > EXP_MAX ? EXP_MAX : x;
    z = z < EXP_MIN ? EXP_MIN : z;
    // x = n ln 2 + r, so that e^x = 2^n e^r.
    float rounded = Math.fma(z, LOG2_E, ROUNDER);
    float r = remainder(z, rounded);
    float p = Math.fma(Math.fma(polynomial(r), r, 1f), r, 1f);
    // 2^n in two factors: n may be one too large or too small for a float's exponent.
    int n = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ROUNDER);
    int half = n >> 1;
    return p * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /** What is left of x without the multiple of ln 2 that {@code rounded} holds. */
  static float remainder(float x, float rounded) {
    float n = rounded - ROUNDER;
    return Math.fma(n, -LN_2_LOW, Math.fma(n, -LN_2_HIGH, x));
  }

  static float polynomial(float r) {
    float q = Math.fma(E4, r, E3);
    q = Math.fma(q, r, E2);
    q = Math.fma(q, r, E1);
    return Math.fma(q, r, E0);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }

  /** The natural logarithm. */
  public static float log(float x) {
    // Subnormal numbers have no leading one to split off: scale them up first.
    boolean subnormal = x < Float.MIN_NORMAL;
    float z = subnormal ? x * 0x1p23f : x;
    // x = 2^n (1 + f).
    int bits = Float.floatToRawIntBits(z) - TWO_THIRDS_BITS;
    float n = (bits >> 23) - (subnormal ? 23f : 0f);
    float f = Float.intBitsToFloat((bits & 0x7fffff) + TWO_THIRDS_BITS) - 1f;
    float p = Math.fma(L7, f, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L1);
    p = Math.fma(p, f, L0);
    p = Math.fma(p, f, -0.5f);
    float log = Math.fma(n, LN_2_HIGH, Math.fma(p, f * f, n * LN_2_LOW) + f);
    if (x == 0f) {
      return Float.NEGATIVE_INFINITY;
    }
    // Infinity stays, NaN stays, below zero there is no logarithm.
    return x < Float.POSITIVE_INFINITY ? (x < 0f ? Float.NaN : log) : x;
  }

  /**
   * The hyperbolic tangent, {@code h + h h / (1 - h)} with {@code h = (1 - e^-2|x|) / 2}: a sum in
   * which the quotient, with its errors, is never the greater part.
   */
  public static float tanh(float x) {
    float a = Math.abs(x);
    float z = -2f * (a > TANH_MAX ? TANH_MAX : a);
    float rounded = Math.fma(z, LOG2_E, ROUNDER);
    float r = remainder(z, rounded);
    // e^z - 1 = 2^n (e^r - 1) + (2^n - 1): a polynomial and an exact number.
    float p = Math.fma(polynomial(r), r * r, r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(rounded) << 23);
    float h = -0.5f * Math.fma(power, p, power - 1f);
    return Math.copySign(Math.fma(h, h / (1f - h), h), x);
  }

  /** {@code 1 / (1 + e^-x)}; where {@code e^-x} overflows, {@code e^x}, which is the same then. */
  public static float sigmoid(float x) {
    return x < -EXP_ORDINARY ? exp(x) : 1f / (1f + exp(-x));
  }
}
