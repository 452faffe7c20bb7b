package dev.descent.examples.linear;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Points near a line.
 *
 * @param x from 0 to 1
 * @param y one for each
 */
record Points(List<Double> x, List<Double> y) {
  /**
   * The line with the least squared error.
   *
   * @param slope its slope
   * @param intercept its value at 0
   * @param slopeError the standard error of the slope
   * @param interceptError the standard error of the intercept
   */
  record Line(double slope, double intercept, double slopeError, double interceptError) {}

  /**
   * Makes some up.
   *
   * @param noise the standard deviation of what is added to each y; normal
   */
  static Points around(double slope, double intercept, int number, double noise, long seed) {
    RandomStream random = RandomStream.of(seed, "points");
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      x.add((double) random.nextFloat());
      y.add(slope * x.getLast() + intercept + noise * random.nextGaussian());
    }
    return new Points(x, y);
  }

  int size() {
    return x.size();
  }

  /** All x, {@code [n, 1]}. */
  Tensor inputs() {
    return column(x);
  }

  /** All y, {@code [n, 1]}. */
  Tensor targets() {
    return column(y);
  }

  private static Tensor column(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return Tensor.of(Shape.of(floats.length, 1), floats);
  }

  /**
   * The exact answer: simple linear regression in closed form, with the usual estimate of the noise
   * from what is left, n - 2 degrees of freedom.
   */
  Line leastSquares() {
    int n = size();
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x.get(i) - meanX) * (x.get(i) - meanX);
      xy += (x.get(i) - meanX) * (y.get(i) - meanY);
    }
    double slope = xy / xx;
    double intercept = meanY - slope * meanX;
    double left = 0;
    for (int i = 0; i < n; i++) {
      double error = slope * x.get(i) + intercept - y.get(i);
      left += error * error;
    }
    double variance = left / (n - 2);
    return new Line(
        slope,
        intercept,
        Math.sqrt(variance / xx),
        Math.sqrt(variance * (1.0 / n + meanX * meanX / xx)));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
