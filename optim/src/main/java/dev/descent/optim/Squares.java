package dev.descent.optim;

/** Sums of squares, in double: no float's square overflows or vanishes there. */
final class Squares {
  /** Partial sums, so that an addition need not wait for the one before; part of the result. */
  private static final int PARTS = 8;

  private Squares() {}

  /** The sum of squares of some numbers, always in the same order; infinite or NaN if one is. */
  static double sum(float[] x, int offset, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int whole = length - length % PARTS;
    for (int i = offset; i < offset + whole; i += PARTS) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
      s4 += (double) x[i + 4] * x[i + 4];
      s5 += (double) x[i + 5] * x[i + 5];
      s6 += (double) x[i + 6] * x[i + 6];
      s7 += (double) x[i + 7] * x[i + 7];
    }
    double sum = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    for (int i = offset + whole; i < offset + length; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }
}
