package dev.descent.optim.dialect;

import dev.descent.optim.Coordinate;
import dev.descent.optim.DoubleMatrix;
import dev.descent.optim.EigenDecomposition;
import dev.descent.optim.Slot;
import dev.descent.optim.UpdateRule;
import dev.descent.optim.Whole;
import dev.descent.optim.rule.Shampoo;
import dev.descent.optim.setting.Check;
import java.util.List;

/**
 * Shampoo whose sums start with epsilon on their diagonals, and whose roots are of this step: the
 * paper's form.
 *
 * <pre>
 * l = l + g g'
 * r = r + g' g
 * o = (l + epsilon)^(-1/4) g (r + epsilon)^(-1/4)
 * theta = theta - lr o
 * </pre>
 *
 * <p><b>Source.</b> V. Gupta, T. Koren and Y. Singer, "Shampoo: Preconditioned Stochastic Tensor
 * Optimization", ICML 2018, arXiv 1802.09568, algorithm 1.
 *
 * <p><b>State.</b> l with a number for each pair of rows, r with one for each pair of columns, zero
 * at first, since epsilon is added when the roots are taken; o, the direction of the step.
 *
 * @param epsilon what eigenvalues start with, {@code epsilon >= 0}
 */
public record AbsoluteEpsilonShampoo(double epsilon) implements UpdateRule {
  /** Checks the range. */
  public AbsoluteEpsilonShampoo {
    Check.notNegative("epsilon", epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Shampoo.L, Shampoo.R, Shampoo.O);
  }

  @Override
  public void prepare(Whole whole) {
    DoubleMatrix g = whole.matrix(Coordinate::gradient);
    DoubleMatrix l = whole.matrix(Shampoo.L).plus(g.times(g.transposed()));
    DoubleMatrix r = whole.matrix(Shampoo.R).plus(g.transposed().times(g));
    whole.set(Shampoo.L, l);
    whole.set(Shampoo.R, r);
    whole.set(Shampoo.O, root(l).times(g).times(root(r)));
  }

  private DoubleMatrix root(DoubleMatrix sum) {
    return EigenDecomposition.of(sum).map(value -> Shampoo.inverseFourthRoot(value, epsilon));
  }

  @Override
  public double delta(Coordinate c) {
    return -c.learningRate() * c.get(Shampoo.O);
  }
}
