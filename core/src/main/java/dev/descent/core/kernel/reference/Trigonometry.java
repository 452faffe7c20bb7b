package dev.descent.core.kernel.reference;

/**
 * Sine and cosine in the style of {@link ScalarMath}, at most 2 units in the last place from the
 * exact value rounded to float. {@code x = n pi/2 + r}: the sine or cosine of r, with the sign that
 * n says.
 */
public final class Trigonometry {
  /** For magnitudes up to this, three floats of pi/2 are enough; {@link StrictMath} above. */
  public static final float ORDINARY = 0x1p16f;

  /** Adding and subtracting this rounds to an integer, whose low bits it then holds. */
  public static final float INTEGER = 0x1.8p23f;

  /** 2 / pi. */
  public static final float TWO_OVER_PI = 0.63661975f;

  /** The float nearest to pi/2. */
  public static final float HALF_PI_HIGH = 1.5707964f;

  /** What {@link #HALF_PI_HIGH} lacks of pi/2. */
  public static final float HALF_PI_MIDDLE = -4.371139e-8f;

  /** What both lack. */
  public static final float HALF_PI_LOW = -1.7151245e-15f;

  /** Coefficients in {@code sin r = r + r^3 p(r^2)}, lowest power first. */
  public static final float S0 = -0.16666667f;

  /** Coefficient of r^2. */
  public static final float S1 = 0.008333379f;

  /** Coefficient of r^4. */
  public static final float S2 = -1.9853072e-4f;

  /** Coefficient of r^6. */
  public static final float S3 = 2.8326801e-6f;

  /** Coefficients in {@code cos r = 1 - r^2 / 2 + r^4 p(r^2)}, lowest power first. */
  public static final float C0 = 0.041666646f;

  /** Coefficient of r^2. */
  public static final float C1 = -0.001388731f;

  /** Coefficient of r^4. */
  public static final float C2 = 2.4432336e-5f;

  private Trigonometry() {}

  /** The sine; NaN of an infinity. */
  public static float sin(float x) {
    if (Math.abs(x) > ORDINARY) {
      return (float) StrictMath.sin(x);
    }
    float y = turned(x, 0);
    return x == 0f ? x : y; // of negative zero too
  }

  /** The cosine; NaN of an infinity. */
  public static float cos(float x) {
    return Math.abs(x) > ORDINARY ? (float) StrictMath.cos(x) : turned(x, 1);
  }

  /** {@code sin(x + quarters pi/2)}. */
  private static float turned(float x, int quarters) {
    float rounded = Math.fma(x, TWO_OVER_PI, INTEGER);
    float n = rounded - INTEGER;
    float r = Math.fma(n, -HALF_PI_HIGH, x);
    r = Math.fma(n, -HALF_PI_MIDDLE, r);
    r = Math.fma(n, -HALF_PI_LOW, r);
    float square = r * r;
    float s = Math.fma(S3, square, S2);
    s = Math.fma(s, square, S1);
    s = Math.fma(s, square, S0);
    float sine = Math.fma(s, square * r, r);
    float c = Math.fma(C2, square, C1);
    c = Math.fma(c, square, C0);
    float cosine = Math.fma(c, square * square, Math.fma(square, -0.5f, 1f));
    int quarter = Float.floatToRawIntBits(rounded) + quarters;
    float magnitude = (quarter & 1) == 0 ? sine : cosine;
    // The second bit becomes the sign.
    return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) ^ (quarter & 2) << 30);
  }
}
