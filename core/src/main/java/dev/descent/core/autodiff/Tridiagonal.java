package dev.descent.core.autodiff;

/** A symmetric matrix with nothing but a diagonal and what is beside it. */
final class Tridiagonal {
  private Tridiagonal() {}

  /**
   * The largest eigenvalue, by bisection (Golub and Van Loan, "Matrix Computations", section on
   * Sturm sequences).
   *
   * @param beside element i is at row i, column i + 1, and mirrored
   * @param n the number of rows, at least 1
   */
  static float largestEigenvalue(float[] diagonal, float[] beside, int n) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      float radius = (i > 0 ? Math.abs(beside[i - 1]) : 0) + (i < n - 1 ? Math.abs(beside[i]) : 0);
      low = Math.min(low, diagonal[i] - radius);
      high = Math.max(high, diagonal[i] + radius);
    }
    float middle = low + (high - low) / 2;
    while (middle > low && middle < high) {
      if (allAreLess(diagonal, beside, n, middle)) {
        high = middle;
      } else {
        low = middle;
      }
      middle = low + (high - low) / 2;
    }
    return high;
  }

  /** Whether the matrix minus x on the diagonal is negative definite: all its pivots are. */
  private static boolean allAreLess(float[] diagonal, float[] beside, int n, float x) {
    float pivot = diagonal[0] - x;
    for (int i = 1; i < n && pivot < 0; i++) {
      pivot = diagonal[i] - x - beside[i - 1] * beside[i - 1] / pivot;
    }
    return pivot < 0;
  }
}
