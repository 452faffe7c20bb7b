package dev.descent.optim.simd;

/**
 * The numbers that loops share.
 *
 * <p><b>Coefficients</b> are doubles in the formulas. A factor c is carried as two floats, the
 * nearest and {@link #rest}, so that {@code x.fma(c, x.mul(rest))} is c x rounded once; only the
 * rate of an {@link AdaptiveStep} is one float, for the sake of its speed.
 *
 * <p><b>Moving averages</b>, {@code decay average + (1 - decay) x}, are written as a step from the
 * heavier of the two towards the other, with {@link #light} as its length: {@code
 * average.sub(x).fma(light, heavier)}; the compiler makes a loop for each choice. So the weights
 * add up to one exactly. As floats, 0.999 and 0.001 add up to something else, and an average of
 * equal numbers would settle 1.3e-5 off.
 *
 * <p><b>State that has faded away</b> becomes zero. Left alone, an average of nothing but zeros
 * decays into the subnormal numbers and stays there, and on x86 arithmetic with those takes a
 * hundred times longer.
 */
final class Lanes {
  /** Sums and averages of gradients below this, 8e-28, have faded away. */
  static final float FADED = 0x1p-90f;

  /** Averages of squares below this have; a thousandth of it is still a normal number. */
  static final float FADED_SQUARE = 0x1p-116f;

  private Lanes() {}

  /** What the nearest float misses of a coefficient. */
  static float rest(double c) {
    return (float) (c - (float) c);
  }

  /** A decay as the distance from the nearer of 0 and 1, which a float holds more exactly. */
  static float light(double decay) {
    return (float) (isLight(decay) ? decay : decay - 1);
  }

  /** Whether a moving average weighs less than what enters it. */
  static boolean isLight(double decay) {
    return decay < 0.5;
  }
}
