package dev.descent.examples.linear;

/** Gradient descent without a library: all there is to it. */
final class ByHand implements Descender {
  private final Points points;
  private final double learningRate;
  private double slope;
  private double intercept;

  ByHand(Points points, double learningRate) {
    this.points = points;
    this.learningRate = learningRate;
  }

  @Override
  public String name() {
    return "by hand";
  }

  @Override
  public double step() {
    double loss = 0;
    double slopeGradient = 0;
    double interceptGradient = 0;
    int n = points.size();
    for (int i = 0; i < n; i++) {
      double error = slope * points.x().get(i) + intercept - points.y().get(i);
      loss += error * error / n;
      slopeGradient += 2 * error * points.x().get(i) / n; // d loss / d slope
      interceptGradient += 2 * error / n; // d loss / d intercept
    }
    slope -= learningRate * slopeGradient;
    intercept -= learningRate * interceptGradient;
    return loss;
  }

  @Override
  public double slope() {
    return slope;
  }

  @Override
  public double intercept() {
    return intercept;
  }
}
