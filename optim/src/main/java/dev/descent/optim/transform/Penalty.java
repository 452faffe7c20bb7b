package dev.descent.optim.transform;

import dev.descent.optim.Gradient;

/** Adds what depends on the parameter's values. */
final class Penalty {
  private Penalty() {}

  /** A function of a value. */
  @FunctionalInterface
  interface Slope {
    float of(float value);
  }

  /** Adds {@code strength slope(w)}; in double, rounded once. */
  static void add(Gradient gradient, double strength, Slope slope) {
    float[] from = gradient.array();
    float[] values = gradient.values();
    int at = gradient.offset();
    float[] to = gradient.replace();
    int size = gradient.unitSize();
    for (int unit = 0; unit < gradient.units(); unit++) {
      int first = unit * size;
      int value = gradient.valueOffset(unit);
      for (int i = 0; i < size; i++) {
        to[first + i] = (float) (from[at + first + i] + strength * slope.of(values[value + i]));
      }
    }
  }
}
