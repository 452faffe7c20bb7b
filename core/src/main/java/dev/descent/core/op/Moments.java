package dev.descent.core.op;

import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Tensor;

/** Mean and variance over some axes, which stay with length 1; NaN where there is nothing. */
public final class Moments {
  private Moments() {}

  /** The mean of the elements. */
  public static Tensor mean(Tensor x, Axes axes) {
    return new Sum(x, axes, true).evaluate().dividedBy(axes.reducedSize(x.shape()));
  }

  /**
   * The mean of the squared distances from the mean: the variance of a whole population, of which
   * that of a sample is n / (n - 1) times as much.
   */
  public static Tensor variance(Tensor x, Axes axes) {
    return mean(x.minus(mean(x, axes)).square(), axes);
  }

  /**
   * Checks what is added to a variance.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public static void checkEpsilon(float epsilon) {
    if (!(epsilon >= 0 && epsilon < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "epsilon is " + epsilon + "; expected a finite number, at least 0");
    }
  }
}
