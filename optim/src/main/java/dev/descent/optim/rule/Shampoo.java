package dev.descent.optim.rule;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.EigenDecomposition;
import dev.descent.optim.Extent;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateKernel;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.setting.Check;
import dev.descent.optim.simd.ShampooKernel;
import java.util.List;

/**
 * Shampoo: AdaGrad for matrices. The gradient is divided on its left and on its right by fourth
 * roots of what past gradients were along rows and columns, so that directions, not coordinates,
 * get steps of like size.
 *
 * <pre>
 * l = l + g g'
 * r = r + g' g
 * p = (l / maxl + epsilon)^(-1/4)            maxl, maxr: the largest eigenvalues of l and r
 * q = (r / maxr + epsilon)^(-1/4)            p and q at the first interval steps, and each interval-th
 * scale = (maxl maxr)^(-1/4)
 * o = p g q
 * theta = theta - lr scale o
 * </pre>
 *
 * <p><b>Source.</b> V. Gupta, T. Koren and Y. Singer, "Shampoo: Preconditioned Stochastic Tensor
 * Optimization", ICML 2018, arXiv 1802.09568, algorithm 1. From R. Anil, V. Gupta, T. Koren, K.
 * Regan and Y. Singer, "Scalable Second Order Optimization for Deep Learning", arXiv 2002.09018:
 * epsilon is a part of the largest eigenvalue rather than a number to start l and r with, and roots
 * are not computed at each step.
 *
 * <p><b>Not only matrices.</b> Rows are the first axis, columns all others together. A vector is a
 * matrix of one column. The paper gives each axis of a tensor a matrix of its own.
 *
 * <p><b>State.</b> l and p with a number for each pair of rows, r and q with one for each pair of
 * columns, all zero at first; o, the direction of the step; the scale. A side of a thousand takes
 * two million numbers, and a second or two for its root: this rule is for matrices of moderate
 * size.
 *
 * <p>The defaults are Descent's own: learning rate 0.1, epsilon 1e-6, interval 10.
 *
 * @param epsilon what is added to eigenvalues, as a part of the largest, {@code epsilon >= 0}
 * @param interval the steps from root to root, once as many have been taken, {@code interval >= 1}
 */
public record Shampoo(double epsilon, long interval) implements UpdateRule {
  /** The products along rows. */
  public static final Slot L = Slot.zero("l", Extent.ROW_PAIRS, "sum of products of rows");

  /** The products along columns. */
  public static final Slot R = Slot.zero("r", Extent.COLUMN_PAIRS, "sum of products of columns");

  /** The root on the left. */
  public static final Slot P = Slot.zero("p", Extent.ROW_PAIRS, "inverse fourth root of l");

  /** The root on the right. */
  public static final Slot Q = Slot.zero("q", Extent.COLUMN_PAIRS, "inverse fourth root of r");

  /** The direction. */
  public static final Slot O = Slot.zero("o", "the gradient between the roots");

  /** The scale. */
  public static final Slot SCALE = Slot.zero("scale", "of the direction, by past gradients");

  /** Checks the ranges. */
  public Shampoo {
    Check.notNegative("epsilon", epsilon);
    Check.steps("interval", interval);
  }

  /** Descent's own defaults. */
  public Shampoo() {
    this(1e-6, 10);
  }

  @Override
  public List<Slot> slots() {
    return List.of(L, R, P, Q, O);
  }

  @Override
  public List<Slot> common() {
    return List.of(SCALE);
  }

  @Override
  public void prepare(Whole whole) {
    DoubleMatrix g = whole.matrix(Coordinate::gradient);
    whole.set(L, whole.matrix(L).plus(g.times(g.transposed())));
    whole.set(R, whole.matrix(R).plus(g.transposed().times(g)));
    prepareRoots(whole);
    whole.set(O, whole.matrix(P).times(g).times(whole.matrix(Q)));
  }

  /** Sets p, q and the scale, if it is a step for that, from l and r. */
  public void prepareRoots(Whole whole) {
    if (whole.step() <= interval || whole.step() % interval == 0) {
      double largest = setRoot(whole, L, P) * setRoot(whole, R, Q);
      whole.set(SCALE, Coordinate.ratio(1, Math.sqrt(Math.sqrt(largest))));
    }
  }

  /** Sets the root of a sum; gives the largest eigenvalue of that. */
  private double setRoot(Whole whole, Slot sum, Slot root) {
    EigenDecomposition eigen = EigenDecomposition.of(whole.matrix(sum));
    double largest = eigen.largest();
    whole.set(
        root, eigen.map(value -> inverseFourthRoot(Coordinate.ratio(value, largest), epsilon)));
    return largest;
  }

  /**
   * {@code (value + epsilon)^(-1/4)}; 0 where that would be infinite. Rounding makes eigenvalues of
   * zero negative; they are zero here.
   */
  public static double inverseFourthRoot(double value, double epsilon) {
    return Coordinate.ratio(1, Math.sqrt(Math.sqrt(Math.max(0, value) + epsilon)));
  }

  @Override
  public double delta(Coordinate c) {
    return -c.learningRate() * c.get(SCALE) * c.get(O);
  }

  @Override
  public UpdateKernel kernel() {
    return new ShampooKernel(this);
  }

  @Override
  public double defaultLearningRate() {
    return 0.1;
  }
}
