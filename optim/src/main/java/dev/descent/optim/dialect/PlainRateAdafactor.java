package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.rule.Adafactor;
import dev.descent.optim.setting.Check;
import java.util.List;

/**
 * Adafactor with a learning rate that is nothing but that, and with second moments of all
 * coordinates for small matrices: optax's form.
 *
 * <pre>
 * keep = 1 - t^beta2Decay
 * r = keep r + (1 - keep) mean of g^2 + epsilon1 over each row
 * c = keep c + (1 - keep) mean of g^2 + epsilon1 over each column
 * v = r c / mean of r                        if rows and columns are leastSize or more
 * v = keep v + (1 - keep) (g^2 + epsilon1)   otherwise
 * u = g / sqrt(v)
 * u = u / max(1, rms(u) / threshold)
 * theta = theta - lr max(epsilon2, rms(theta)) u - weightDecay theta
 * </pre>
 *
 * <p><b>Source.</b> {@code optax.adafactor}, after N. Shazeer and M. Stern, "Adafactor: Adaptive
 * Learning Rates with Sublinear Memory Cost", arXiv 1804.04235 (ICML 2018).
 *
 * <p><b>State.</b> r, c and v, zero at first. Kept for all parameters, whichever are needed.
 *
 * @param beta2Decay how fast the weight of the past grows, {@code beta2Decay <= 0}
 * @param epsilon1 keeps the moments from zero, {@code epsilon1 >= 0}
 * @param epsilon2 the least size of a parameter, {@code epsilon2 >= 0}
 * @param threshold the greatest root mean square of an update, {@code threshold > 0}
 * @param leastSize of a factored matrix, {@code leastSize >= 1}
 * @param weightDecay the part of theta that goes at each step, {@code weightDecay >= 0}
 */
public record PlainRateAdafactor(
    double beta2Decay,
    double epsilon1,
    double epsilon2,
    double threshold,
    long leastSize,
    double weightDecay)
    implements UpdateRule {
  private static final Slot V = Slot.zero("v", "second moment");
  private static final Slot FACTORED = Slot.zero("factored", "1 if r and c are used, 0 if v is");
  private static final Slot SIZE = Slot.zero("size", "max(epsilon2, rms(theta))");

  /** Checks the ranges. */
  public PlainRateAdafactor {
    Check.notAbove("beta2Decay", beta2Decay, 0);
    Check.notNegative("epsilon1", epsilon1);
    Check.notNegative("epsilon2", epsilon2);
    Check.positive("threshold", threshold);
    Check.steps("leastSize", leastSize);
    Check.notNegative("weightDecay", weightDecay);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Adafactor.R, Adafactor.C, V);
  }

  @Override
  public List<Slot> common() {
    return List.of(FACTORED, Adafactor.MEAN, Adafactor.CLIP, SIZE);
  }

  @Override
  public void prepare(Whole whole) {
    double share = StrictMath.pow((double) whole.step(), beta2Decay);
    DoubleMatrix squares = whole.matrix(c -> c.gradient() * c.gradient() + epsilon1);
    EpsilonInsideAdafactor.average(whole, Adafactor.R, squares.rowMeans(), share);
    EpsilonInsideAdafactor.average(whole, Adafactor.C, squares.columnMeans(), share);
    EpsilonInsideAdafactor.average(whole, V, squares, share);
    int least = Math.min(Extent.rows(whole.shape()), Extent.columns(whole.shape()));
    whole.set(FACTORED, whole.shape().rank() >= 2 && least >= leastSize ? 1 : 0);
    whole.set(Adafactor.MEAN, whole.matrix(Adafactor.R).mean());
    whole.set(Adafactor.CLIP, Math.max(1, whole.rms(this::u) / threshold));
    whole.set(SIZE, Math.max(epsilon2, whole.rms(Coordinate::value)));
  }

  private double u(Coordinate c) {
    double v =
        c.get(FACTORED) == 1
            ? Coordinate.ratio(c.get(Adafactor.R) * c.get(Adafactor.C), c.get(Adafactor.MEAN))
            : c.get(V);
    return Coordinate.ratio(c.gradient(), Math.sqrt(v));
  }

  @Override
  public double delta(Coordinate c) {
    double u = c.note("u", u(c) / c.get(Adafactor.CLIP));
    return -c.learningRate() * c.get(SIZE) * u - weightDecay * c.value();
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }
}
