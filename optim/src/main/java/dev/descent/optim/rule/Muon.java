package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import dev.descent.optim.simd.MuonKernel;
import java.util.List;

/**
 * Muon: momentum whose step, a matrix, is made orthogonal: all its singular values become about 1,
 * so that rare directions move as far as common ones.
 *
 * <pre>
 * m = momentum m + (1 - momentum) g
 * u = momentum m + (1 - momentum) g
 * x = u / max(|u|, epsilon)                  transposed, if it has more rows than columns
 * x = 3.4445 x + (-4.775 x x' + 2.0315 (x x')^2) x,   iterations times
 * o = x                                      transposed back
 * scale = sqrt(max(1, rows / columns))
 * theta = theta - lr scale o - lr weightDecay theta
 * </pre>
 *
 * <p><b>Source.</b> K. Jordan and others, "Muon: An optimizer for hidden layers in neural networks"
 * (2024), kellerjordan.github.io/posts/muon; the decay from J. Liu and others, "Muon is Scalable
 * for LLM Training", arXiv 2502.16982 (2025), equation 3. The polynomial is a Newton-Schulz
 * iteration of degree 5 that takes small singular values up fast and leaves all between 0.68 and
 * 1.14 rather than at 1.
 *
 * <p><b>Libraries.</b> PyTorch orthogonalises in bfloat16; this is its formula without that. Keras
 * and optax add epsilon to the norm, which has no other effect, and scale otherwise.
 *
 * <p><b>Not only matrices.</b> Rows are the first axis, columns all others together. A vector is a
 * matrix of one column, whose step has the length {@code sqrt(rows)}, about: each coordinate moves
 * by about lr. PyTorch refuses vectors, Keras and optax move them by AdamW and Adam.
 *
 * <p><b>State.</b> m, zero at first, and o, the direction of the step; the scale, one number for
 * the parameter.
 *
 * <p>The defaults are PyTorch's: learning rate 0.001, momentum 0.95, weight decay 0.1, epsilon
 * 1e-7, 5 iterations.
 *
 * @param momentum the weight of the past, {@code 0 <= momentum < 1}
 * @param weightDecay as in {@link AdamW}, {@code weightDecay >= 0}
 * @param epsilon the least norm to divide by, {@code epsilon >= 0}
 * @param iterations how often the polynomial is applied, {@code iterations >= 1}
 */
public record Muon(double momentum, double weightDecay, double epsilon, long iterations)
    implements UpdateRule {
  /** The coefficients of the polynomial: of x, of its third and of its fifth power. */
  public static final double FIRST = 3.4445;

  /** The coefficient of the third power. */
  public static final double THIRD = -4.775;

  /** The coefficient of the fifth power. */
  public static final double FIFTH = 2.0315;

  /** The momentum. */
  public static final Slot M = Slot.zero("m", "moving average of gradients");

  /** The direction. */
  public static final Slot O = Slot.zero("o", "what orthogonalising makes of u");

  /** The scale. */
  public static final Slot SCALE = Slot.zero("scale", "of the direction, by the shape");

  /** Checks the ranges. */
  public Muon {
    Check.belowOne("momentum", momentum);
    Check.notNegative("weightDecay", weightDecay);
    Check.notNegative("epsilon", epsilon);
    Check.steps("iterations", iterations);
  }

  /** PyTorch's defaults. */
  public Muon() {
    this(0.95, 0.1, 1e-7, 5);
  }

  @Override
  public List<Slot> slots() {
    return List.of(M, O);
  }

  @Override
  public List<Slot> common() {
    return List.of(SCALE);
  }

  @Override
  public void prepare(Whole whole) {
    DoubleMatrix g = whole.matrix(Coordinate::gradient);
    DoubleMatrix m = whole.set(M, Adafactor.towards(g, whole.matrix(M), momentum));
    DoubleMatrix u = Adafactor.towards(g, m, momentum);
    whole.set(O, orthogonal(u, Math.max(u.norm(), epsilon), iterations));
    int rows = Extent.rows(whole.shape());
    int columns = Extent.columns(whole.shape());
    whole.set(SCALE, Math.sqrt(Math.max(1, (double) rows / columns)));
  }

  /**
   * A matrix with the singular vectors of another one, and singular values near 1.
   *
   * @param size what to divide by first: a norm, not less than the largest singular value
   */
  public static DoubleMatrix orthogonal(DoubleMatrix u, double size, long iterations) {
    boolean tall = u.rows() > u.columns();
    DoubleMatrix x = (tall ? u.transposed() : u).times(Coordinate.ratio(1, size));
    for (long i = 0; i < iterations; i++) {
      DoubleMatrix a = x.times(x.transposed());
      DoubleMatrix b = a.times(THIRD).plus(a.times(a).times(FIFTH));
      x = x.times(FIRST).plus(b.times(x));
    }
    return tall ? x.transposed() : x;
  }

  @Override
  public double delta(Coordinate c) {
    double decay = c.note("decay", weightDecay * c.value());
    return -c.learningRate() * (c.get(SCALE) * c.get(O) + decay);
  }

  @Override
  public UpdateKernel kernel() {
    return new MuonKernel(momentum, weightDecay, epsilon, iterations);
  }
}
