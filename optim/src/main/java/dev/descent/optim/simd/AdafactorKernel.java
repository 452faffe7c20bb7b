package dev.descent.optim.simd;

import dev.descent.optim.Coordinate;
import dev.descent.optim.Extent;
import dev.descent.optim.Preparation;
import dev.descent.optim.rule.Adafactor;

/** The loops of {@link Adafactor}: in double, as what is summed needs it. */
public record AdafactorKernel(Adafactor rule) implements WholeKernel {
  @Override
  public void prepare(Preparation whole) {
    float[] r = whole.state()[0];
    float[] c = whole.state()[1];
    double share = Coordinate.realPower((double) whole.step(), rule.beta2Decay());
    double meanOfRows = average(whole, share, r, c);
    double[] numbers = whole.numbers();
    boolean vector = whole.shape().rank() < 2;
    numbers[0] = vector ? c[0] : Math.max(meanOfRows, rule.epsilon1());
    double size = whole.shape().size();
    double rms = Math.sqrt(squaredUpdates(whole, r, c, numbers[0]) / size);
    numbers[1] = Math.max(1, rms / rule.threshold());
    double sizeOfValues = Math.sqrt(whole.squaredValues() / size);
    numbers[2] = rule.alpha(whole.learningRate(), whole.step(), sizeOfValues);
  }

  /** Averages the squares of rows and columns; gives the mean of the rows'. */
  private static double average(Preparation whole, double share, float[] r, float[] c) {
    float[] g = whole.gradients();
    double[] sums = whole.columnSums();
    double mean = 0;
    for (int i = 0; i < r.length; i++) {
      int at = whole.gradientOffset() + i * c.length;
      double row = 0;
      for (int j = 0; j < c.length; j++) {
        double square = (double) g[at + j] * g[at + j];
        row += square;
        sums[j] += square;
      }
      r[i] = (float) (r[i] + share * (row / c.length - r[i]));
      mean += r[i];
    }
    for (int j = 0; j < c.length; j++) {
      c[j] = (float) (c[j] + share * (sums[j] / r.length - c[j]));
    }
    return mean / r.length;
  }

  private double squaredUpdates(Preparation whole, float[] r, float[] c, double mean) {
    float[] g = whole.gradients();
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      int at = whole.gradientOffset() + i * c.length;
      double row = Coordinate.ratio(r[i], mean);
      for (int j = 0; j < c.length; j++) {
        double root = Math.max(Math.sqrt(row * c[j]), rule.epsilon1());
        double u = root == 0 ? 0 : g[at + j] / root;
        sum += u * u;
      }
    }
    return sum;
  }

  @Override
  public void update(Preparation whole, int from, int to) {
    int columns = Extent.columns(whole.shape());
    double[] numbers = whole.numbers();
    double alpha = numbers[2] / numbers[1];
    double decay = whole.learningRate() * rule.weightDecay();
    for (int at = from; at < to; ) {
      int row = at / columns;
      int end = Math.min(to, (row + 1) * columns);
      double factor = Coordinate.ratio(whole.state()[0][row], numbers[0]);
      row(whole, at, end, row * columns, factor, alpha, decay);
      at = end;
    }
  }

  /** Part of one row; in double, which has the range for the product of two squares. */
  private void row(
      Preparation whole, int from, int to, int start, double factor, double alpha, double decay) {
    float[] p = whole.values();
    float[] g = whole.gradients();
    float[] c = whole.state()[1];
    int pAt = whole.valueOffset();
    int gAt = whole.gradientOffset();
    double least = rule.epsilon1();
    for (int i = from; i < to; i++) {
      double root = Math.max(Math.sqrt(factor * c[i - start]), least);
      double u = root == 0 ? 0 : g[gAt + i] / root;
      double value = p[pAt + i];
      p[pAt + i] = (float) (value - decay * value - alpha * u);
    }
  }
}
