package dev.descent.nn.train;

/** The least number seen so far. */
final class Best {
  private final double minDelta;
  private double value = Double.POSITIVE_INFINITY;

  Best(double minDelta) {
    this.minDelta = minDelta;
  }

  /** Whether a number is the least so far, by more than minDelta; NaN never is. */
  boolean improves(double next) {
    boolean better = next < value - minDelta || (next < value && minDelta == 0);
    if (better) {
      value = next;
    }
    return better;
  }
}
