package dev.descent.optim.quasinewton;

import static dev.descent.optim.quasinewton.StrongWolfe.dot;
import static dev.descent.optim.quasinewton.StrongWolfe.longest;

/**
 * L-BFGS on a function of doubles: the specification, and what {@link Lbfgs} runs.
 *
 * <pre>
 * d = -H g                                   H from the last steps and changes of g
 * t = the step of a strong Wolfe line search that tries lr first
 * x = x + t d
 * </pre>
 *
 * <p>D. C. Liu and J. Nocedal, "On the limited memory BFGS method for large scale optimization",
 * Mathematical Programming 45 (1989), with the line search that is described in {@link
 * StrongWolfe}. It ends and restarts where PyTorch's does, so that the two go the same way.
 */
public final class Minimiser {
  private final Objective objective;
  private final LbfgsSettings settings;
  private final InverseHessian inverseHessian;
  private final double[] point;
  private double[] gradient;
  private double[] direction = {};
  private double[] previousGradient = {};
  private double step;
  private long iterations;
  private long evaluations;

  /**
   * Starts at a point, knowing nothing of the function.
   *
   * @param start copied
   */
  public Minimiser(Objective objective, LbfgsSettings settings, double... start) {
    this.objective = objective;
    this.settings = settings;
    inverseHessian = new InverseHessian((int) Math.min(settings.history(), Integer.MAX_VALUE));
    point = start.clone();
    gradient = new double[start.length];
  }

  /**
   * Takes as many directions as the settings allow, or fewer where the function has become flat.
   *
   * @return the value before
   */
  public double step() {
    gradient = new double[point.length];
    double first = objective.evaluate(point, gradient);
    evaluations++;
    double value = first;
    long spent = 1;
    for (long i = 1; longest(gradient) > settings.gradientTolerance(); i++) {
      chooseDirection();
      previousGradient = gradient.clone();
      step = iterations == 1 ? settings.learningRate() * shorter() : settings.learningRate();
      double slope = dot(gradient, direction);
      if (!(slope <= -settings.changeTolerance())) {
        break;
      }
      StrongWolfe line =
          new StrongWolfe(objective, point, direction, value, slope, settings.changeTolerance());
      int most = (int) Math.max(0, Math.min(Integer.MAX_VALUE, settings.evaluations() - spent));
      StrongWolfe.Place place = line.search(step, gradient, most);
      double before = value;
      value = place.value();
      gradient = place.gradient();
      step = place.t();
      double change = 0;
      for (int k = 0; k < point.length; k++) {
        point[k] += step * direction[k];
        change = Math.max(change, Math.abs(step * direction[k]));
      }
      spent += line.evaluations();
      evaluations += line.evaluations();
      if (i == settings.iterations()
          || spent >= settings.evaluations()
          || change <= settings.changeTolerance()
          || Math.abs(value - before) < settings.changeTolerance()) {
        break;
      }
    }
    return first;
  }

  private void chooseDirection() {
    iterations++;
    if (iterations > 1) {
      double[] s = new double[point.length];
      double[] y = new double[point.length];
      for (int k = 0; k < s.length; k++) {
        s[k] = step * direction[k];
        y[k] = gradient[k] - previousGradient[k];
      }
      inverseHessian.update(s, y);
    }
    direction = inverseHessian.direction(gradient);
  }

  /** The first direction is the gradient, whose size says nothing about how far to go. */
  private double shorter() {
    double sum = 0;
    for (double g : gradient) {
      sum += Math.abs(g);
    }
    return Math.min(1, 1 / sum);
  }

  /** A copy of the point. */
  public double[] point() {
    return point.clone();
  }

  /** Goes to another point without learning anything from it. */
  void moveTo(int index, double value) {
    point[index] = value;
  }

  /** How many directions have been taken. */
  public long iterations() {
    return iterations;
  }

  /** How often the function has been evaluated. */
  public long evaluations() {
    return evaluations;
  }
}
