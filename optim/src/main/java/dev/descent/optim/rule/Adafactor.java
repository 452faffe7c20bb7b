package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import dev.descent.optim.simd.AdafactorKernel;
import java.util.List;

/**
 * Adafactor: a second moment that is kept for the rows and the columns of a matrix only, steps
 * relative to the parameter's size, and no first moment: next to no memory.
 *
 * <pre>
 * keep = 1 - t^beta2Decay
 * r = keep r + (1 - keep) mean of g^2 over each row
 * c = keep c + (1 - keep) mean of g^2 over each column
 * v = r c / max(mean of r, epsilon1)         of a vector: r
 * u = g / max(sqrt(v), epsilon1)
 * u = u / max(1, rms(u) / threshold)
 * alpha = max(epsilon2, rms(theta)) min(lr, 1 / sqrt(t))
 * theta = theta - lr weightDecay theta - alpha u
 * </pre>
 *
 * <p><b>Source.</b> N. Shazeer and M. Stern, "Adafactor: Adaptive Learning Rates with Sublinear
 * Memory Cost", arXiv 1804.04235 (ICML 2018), algorithms 4 and 5, in PyTorch's form.
 *
 * <p><b>Epsilon.</b> The paper, Keras and optax add epsilon1, then 1e-30, to each squared gradient,
 * and divide by the roots without more ado. PyTorch has it as a least denominator. Its default
 * there is the precision of the parameter's type, here that of float32.
 *
 * <p><b>lr</b> is the greatest relative step, 0.01 in the paper; the schedule is built in. optax
 * has neither that nor a least size of a factored matrix below 128.
 *
 * <p><b>Axes.</b> Rows are the first axis, columns all others together. PyTorch and Keras factor
 * the last two axes of a tensor with more than two, optax the two longest.
 *
 * <p><b>State.</b> r, one number for each row, and c, for each column, zero at first; a vector has
 * one column, and r is its second moment. Three numbers for the parameter; t counts from 1.
 *
 * <p>The defaults are PyTorch's: learning rate 0.01, beta2Decay -0.8, epsilons 1.2e-7 and 1e-3,
 * threshold 1, no decay.
 *
 * @param beta2Decay how fast the weight of the past grows, {@code beta2Decay <= 0}
 * @param epsilon1 the least denominator, {@code epsilon1 >= 0}
 * @param epsilon2 the least size of a parameter, {@code epsilon2 >= 0}
 * @param threshold the greatest root mean square of an update, {@code threshold > 0}
 * @param weightDecay as in {@link AdamW}, {@code weightDecay >= 0}
 */
public record Adafactor(
    double beta2Decay, double epsilon1, double epsilon2, double threshold, double weightDecay)
    implements UpdateRule {
  /** The rows' means. */
  public static final Slot R = Slot.zero("r", Extent.ROWS, "mean squares of rows");

  /** The columns' means. */
  public static final Slot C = Slot.zero("c", Extent.COLUMNS, "mean squares of columns");

  /** What r c is divided by. */
  public static final Slot MEAN = Slot.zero("mean", "of r, at least epsilon1; of a vector c");

  /** What u is divided by. */
  public static final Slot CLIP = Slot.zero("clip", "max(1, rms(u) / threshold)");

  /** The step size. */
  public static final Slot ALPHA = Slot.zero("alpha", "relative step times size of the parameter");

  /** Checks the ranges. */
  public Adafactor {
    Check.notAbove("beta2Decay", beta2Decay, 0);
    Check.notNegative("epsilon1", epsilon1);
    Check.notNegative("epsilon2", epsilon2);
    Check.positive("threshold", threshold);
    Check.notNegative("weightDecay", weightDecay);
  }

  /** PyTorch's defaults. */
  public Adafactor() {
    this(-0.8, Math.ulp(1f), 1e-3, 1, 0);
  }

  @Override
  public List<Slot> slots() {
    return List.of(R, C);
  }

  @Override
  public List<Slot> common() {
    return List.of(MEAN, CLIP, ALPHA);
  }

  @Override
  public void prepare(Whole whole) {
    double share = Coordinate.realPower((double) whole.step(), beta2Decay);
    DoubleMatrix squares = whole.matrix(c -> c.gradient() * c.gradient());
    DoubleMatrix r = whole.set(R, towards(whole.matrix(R), squares.rowMeans(), share));
    DoubleMatrix c = whole.set(C, towards(whole.matrix(C), squares.columnMeans(), share));
    whole.set(MEAN, whole.shape().rank() < 2 ? c.mean() : Math.max(r.mean(), epsilon1));
    whole.set(CLIP, Math.max(1, whole.rms(this::u) / threshold));
    whole.set(ALPHA, alpha(whole.learningRate(), whole.step(), whole.rms(Coordinate::value)));
  }

  /** A moving average of matrices. */
  public static DoubleMatrix towards(DoubleMatrix average, DoubleMatrix x, double share) {
    return average.with(x, (a, b) -> a + share * (b - a));
  }

  /** The step size for a parameter of this root mean square. */
  public double alpha(double learningRate, long step, double size) {
    return Math.max(epsilon2, size) * Math.min(learningRate, 1 / Math.sqrt((double) step));
  }

  private double u(Coordinate c) {
    double v = c.note("v", Coordinate.ratio(c.get(R) * c.get(C), c.get(MEAN)));
    return Coordinate.ratio(c.gradient(), Math.max(Math.sqrt(v), epsilon1));
  }

  @Override
  public double delta(Coordinate c) {
    double u = c.note("u", u(c) / c.get(CLIP));
    return -c.get(ALPHA) * u - c.learningRate() * weightDecay * c.value();
  }

  @Override
  public UpdateKernel kernel() {
    return new AdafactorKernel(this);
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }
}
