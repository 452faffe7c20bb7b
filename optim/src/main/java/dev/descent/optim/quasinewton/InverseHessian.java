package dev.descent.optim.quasinewton;

import static dev.descent.optim.quasinewton.StrongWolfe.dot;

import java.util.ArrayList;
import java.util.List;

/**
 * What the last steps tell about the inverse of the second derivatives: pairs of a step s and the
 * change y of the gradient over it.
 *
 * <p>J. Nocedal and S. Wright, "Numerical Optimization", 2nd edition (2006), algorithm 7.4 (the
 * two-loop recursion) and equation 7.20 (the scale).
 */
final class InverseHessian {
  /** A pair with less curvature than this is left out, so that the matrix stays positive. */
  private static final double LEAST_CURVATURE = 1e-10;

  private final int most;
  private final List<Pair> pairs = new ArrayList<>();
  private double scale = 1;

  private record Pair(double[] s, double[] y, double inverseCurvature) {}

  /**
   * Knows nothing yet: the identity.
   *
   * @param most how many pairs are kept
   */
  InverseHessian(int most) {
    this.most = most;
  }

  /**
   * Learns from a step.
   *
   * @param s the step; kept
   * @param y the change of the gradient; kept
   */
  void update(double[] s, double[] y) {
    double curvature = dot(y, s);
    if (curvature > LEAST_CURVATURE) {
      if (pairs.size() == most) {
        pairs.removeFirst();
      }
      pairs.add(new Pair(s, y, 1 / curvature));
      scale = curvature / dot(y, y);
    }
  }

  /** Minus this matrix times a gradient: where to go from there. */
  double[] direction(double[] gradient) {
    double[] r = new double[gradient.length];
    for (int i = 0; i < r.length; i++) {
      r[i] = -gradient[i];
    }
    double[] alphas = new double[pairs.size()];
    for (int k = alphas.length - 1; k >= 0; k--) {
      Pair pair = pairs.get(k);
      alphas[k] = dot(pair.s, r) * pair.inverseCurvature;
      add(-alphas[k], pair.y, r);
    }
    for (int i = 0; i < r.length; i++) {
      r[i] *= scale;
    }
    for (int k = 0; k < alphas.length; k++) {
      Pair pair = pairs.get(k);
      double beta = dot(pair.y, r) * pair.inverseCurvature;
      add(alphas[k] - beta, pair.s, r);
    }
    return r;
  }

  private static void add(double factor, double[] x, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }
}
