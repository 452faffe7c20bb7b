package dev.descent.optim.transform;

/** How limits are kept in float32: from below. */
final class Clipping {
  /** A float's relative distance to its neighbours, at most. */
  private static final double ROUNDING = Math.ulp(1f);

  private Clipping() {}

  /**
   * What a gradient is to be multiplied by, so that its norm is the limit. A float's rounding less
   * than the quotient: however the elements are rounded, the result is never longer than the limit,
   * and clipping it again changes nothing.
   *
   * @return 1 if the norm is within the limit or not finite
   */
  static double factor(double norm, double limit) {
    return norm > limit && norm < Double.POSITIVE_INFINITY ? limit / norm * (1 - ROUNDING) : 1;
  }

  /** The largest float that is not greater than the limit. */
  static float float32(double limit) {
    float nearest = (float) limit;
    return nearest > limit ? Math.nextDown(nearest) : nearest;
  }
}
