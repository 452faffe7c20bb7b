package dev.descent.core.kernel.reference;

/** The error function and the normal distribution in double precision, from their series. */
public final class NormalDistribution {
  private NormalDistribution() {}

  /**
   * {@code 2 / sqrt(pi) e^-x^2 sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1))}, in which nothing cancels
   * (DLMF 7.6.2).
   */
  public static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** {@code 1 - erf(x)}; for large x by its continued fraction (DLMF 7.9.1). */
  public static double erfc(double x) {
    if (!(x > 2)) {
      return 1 - erf(x);
    }
    if (x > 30) {
      return 0; // less than the least double
    }
    double fraction = x;
    for (int n = 100; n > 0; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
  }

  /** The probability of a number less than x. */
  public static double cumulative(double x) {
    return erfc(-x / Math.sqrt(2)) / 2;
  }

  /** The probability's derivative. */
  public static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
