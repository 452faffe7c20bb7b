package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.rule.Adafactor;
import dev.descent.optim.setting.Check;
import java.util.List;

/**
 * Adafactor with epsilon1 added to the squares of gradients: the paper's form, and Keras's.
 *
 * <pre>
 * keep = 1 - t^beta2Decay
 * r = keep r + (1 - keep) mean of g^2 + epsilon1 over each row
 * c = keep c + (1 - keep) mean of g^2 + epsilon1 over each column
 * v = r c / mean of r                        of a vector: r
 * u = g / sqrt(v)
 * u = u / max(1, rms(u) / threshold)
 * alpha = max(epsilon2, rms(theta)) min(lr, 1 / sqrt(t))
 * theta = theta - alpha u
 * </pre>
 *
 * <p><b>Source.</b> N. Shazeer and M. Stern, "Adafactor: Adaptive Learning Rates with Sublinear
 * Memory Cost", arXiv 1804.04235 (ICML 2018), algorithms 4 to 6, where r and c are sums; and {@code
 * keras.optimizers.Adafactor}.
 *
 * <p><b>State.</b> r and c, zero at first, as in {@link Adafactor}.
 *
 * @param beta2Decay how fast the weight of the past grows, {@code beta2Decay <= 0}
 * @param epsilon1 keeps the moments from zero, {@code epsilon1 >= 0}
 * @param epsilon2 the least size of a parameter, {@code epsilon2 >= 0}
 * @param threshold the greatest root mean square of an update, {@code threshold > 0}
 */
public record EpsilonInsideAdafactor(
    double beta2Decay, double epsilon1, double epsilon2, double threshold) implements UpdateRule {
  /** Checks the ranges. */
  public EpsilonInsideAdafactor {
    Check.notAbove("beta2Decay", beta2Decay, 0);
    Check.notNegative("epsilon1", epsilon1);
    Check.notNegative("epsilon2", epsilon2);
    Check.positive("threshold", threshold);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Adafactor.R, Adafactor.C);
  }

  @Override
  public List<Slot> common() {
    return List.of(Adafactor.MEAN, Adafactor.CLIP, Adafactor.ALPHA);
  }

  @Override
  public void prepare(Whole whole) {
    double share = StrictMath.pow((double) whole.step(), beta2Decay);
    DoubleMatrix squares = whole.matrix(c -> c.gradient() * c.gradient() + epsilon1);
    DoubleMatrix r = average(whole, Adafactor.R, squares.rowMeans(), share);
    DoubleMatrix c = average(whole, Adafactor.C, squares.columnMeans(), share);
    whole.set(Adafactor.MEAN, whole.shape().rank() < 2 ? c.mean() : r.mean());
    whole.set(Adafactor.CLIP, Math.max(1, whole.rms(this::u) / threshold));
    double relativeStep = Math.min(whole.learningRate(), 1 / Math.sqrt((double) whole.step()));
    whole.set(Adafactor.ALPHA, Math.max(epsilon2, whole.rms(Coordinate::value)) * relativeStep);
  }

  static DoubleMatrix average(Whole whole, Slot slot, DoubleMatrix next, double share) {
    return whole.set(slot, Adafactor.towards(whole.matrix(slot), next, share));
  }

  private double u(Coordinate c) {
    double v = Coordinate.ratio(c.get(Adafactor.R) * c.get(Adafactor.C), c.get(Adafactor.MEAN));
    return Coordinate.ratio(c.gradient(), Math.sqrt(c.note("v", v)));
  }

  @Override
  public double delta(Coordinate c) {
    return -c.get(Adafactor.ALPHA) * c.note("u", u(c) / c.get(Adafactor.CLIP));
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }
}
