package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Reductions;

/** Sums and maxima as plain loops, in the order that {@link Reductions} prescribes. */
public final class ReferenceReductions implements Reductions {
  @Override
  public float sum(float[] x, int offset, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    for (int i = 0; i < n; i++) {
      lanes[i % VIRTUAL_LANES] += x[offset + i];
    }
    return fold(lanes, n);
  }

  /**
   * Adds the lanes in halves. Lanes beyond n hold zero, so the halves that are empty are skipped.
   */
  public static float fold(float[] lanes, int n) {
    int filled = Math.min(n, VIRTUAL_LANES);
    int half = VIRTUAL_LANES / 2;
    while (half >= filled && half > 0) {
      half /= 2;
    }
    for (; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  @Override
  public float max(float[] x, int offset, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[offset + i]);
    }
    return max;
  }
}
