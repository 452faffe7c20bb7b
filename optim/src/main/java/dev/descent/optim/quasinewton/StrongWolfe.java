package dev.descent.optim.quasinewton;

/**
 * A line search for a step t along a direction d that lowers the function enough and leaves it flat
 * enough, the strong Wolfe conditions:
 *
 * <pre>
 * f(x + t d) &lt;= f(x) + c1 t g'd
 * |g(x + t d)'d| &lt;= c2 |g'd|
 * </pre>
 *
 * <p>J. Nocedal and S. Wright, "Numerical Optimization", 2nd edition (2006), algorithms 3.5
 * (bracket) and 3.6 (zoom), with the cubic interpolation of equation 3.59; in the form of M.
 * Schmidt's minFunc that PyTorch has, decision by decision.
 */
final class StrongWolfe {
  private static final double C1 = 1e-4;
  private static final double C2 = 0.9;

  private final Objective objective;
  private final double[] start;
  private final double[] direction;
  private final double tolerance;
  private final double[] point;
  private final double startValue;
  private final double startSlope;
  private int evaluations;

  /** A place on the line. */
  record Place(double t, double value, double[] gradient, double slope) {}

  /**
   * A search from a point.
   *
   * @param value the function at the start
   * @param slope its derivative along the direction; less than zero
   * @param tolerance brackets that are shorter than this are not cut further
   */
  StrongWolfe(
      Objective objective,
      double[] start,
      double[] direction,
      double value,
      double slope,
      double tolerance) {
    this.objective = objective;
    this.start = start;
    this.direction = direction;
    this.startValue = value;
    this.startSlope = slope;
    this.tolerance = tolerance;
    point = new double[start.length];
  }

  /** How often the function was evaluated. */
  int evaluations() {
    return evaluations;
  }

  /**
   * Searches.
   *
   * @param first the step to try first
   * @param gradient the gradient at the start
   * @param most how often to evaluate after the first time
   * @return the best place found
   */
  Place search(double first, double[] gradient, int most) {
    Place origin = new Place(0, startValue, gradient, startSlope);
    Place previous = origin;
    Place place = evaluate(first);
    for (int tries = 0; tries < most; tries++) {
      if (!fallsEnough(place) || (tries > 1 && place.value >= previous.value)) {
        return zoom(previous, place, most - tries);
      }
      if (isFlat(place)) {
        return place;
      }
      if (place.slope >= 0) {
        return zoom(previous, place, most - tries);
      }
      double least = place.t + 0.01 * (place.t - previous.t);
      double next = interpolate(previous, place, least, 10 * place.t);
      previous = place;
      place = evaluate(next);
    }
    return origin.value <= place.value ? origin : place;
  }

  /** Makes a bracket around a good place smaller. */
  private Place zoom(Place one, Place other, int most) {
    Place[] bracket = {one, other};
    int low = one.value <= other.value ? 0 : 1;
    double length = longest(direction);
    boolean insufficient = false;
    for (int tries = 0; tries < most; tries++) {
      Place lowest = bracket[low];
      Place highest = bracket[1 - low];
      if (Math.abs(bracket[1].t - bracket[0].t) * length < tolerance) {
        break;
      }
      double least = Math.min(lowest.t, highest.t);
      double greatest = Math.max(lowest.t, highest.t);
      double t = interpolate(bracket[0], bracket[1], least, greatest);
      double margin = 0.1 * (greatest - least);
      if (Math.min(greatest - t, t - least) < margin) {
        if (insufficient || t >= greatest || t <= least) {
          t = Math.abs(t - greatest) < Math.abs(t - least) ? greatest - margin : least + margin;
          insufficient = false;
        } else {
          insufficient = true;
        }
      } else {
        insufficient = false;
      }
      Place place = evaluate(t);
      if (!fallsEnough(place) || place.value >= lowest.value) {
        bracket[1 - low] = place;
        low = bracket[0].value <= bracket[1].value ? 0 : 1;
        continue;
      }
      boolean done = isFlat(place);
      if (!done && place.slope * (highest.t - lowest.t) >= 0) {
        bracket[1 - low] = lowest;
      }
      bracket[low] = place;
      if (done) {
        break;
      }
    }
    return bracket[low];
  }

  private boolean fallsEnough(Place place) {
    return !(place.value > startValue + C1 * place.t * startSlope);
  }

  private boolean isFlat(Place place) {
    return Math.abs(place.slope) <= -C2 * startSlope;
  }

  private Place evaluate(double t) {
    for (int i = 0; i < point.length; i++) {
      point[i] = start[i] + t * direction[i];
    }
    double[] gradient = new double[point.length];
    double value = objective.evaluate(point, gradient);
    evaluations++;
    return new Place(t, value, gradient, dot(gradient, direction));
  }

  /** The minimum of the cubic through two values and slopes, within bounds; or their middle. */
  private static double interpolate(Place one, Place other, double least, double greatest) {
    double d1 = one.slope + other.slope - 3 * (one.value - other.value) / (one.t - other.t);
    double square = d1 * d1 - one.slope * other.slope;
    if (!(square >= 0)) {
      return (least + greatest) / 2;
    }
    double d2 = Math.sqrt(square);
    Place left = one.t <= other.t ? one : other;
    Place right = one.t <= other.t ? other : one;
    double part = (right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2);
    double t = right.t - (right.t - left.t) * part;
    return Math.min(Math.max(t, least), greatest);
  }

  /** The scalar product, in ascending order. */
  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** The greatest absolute value; NaN if there is one. */
  static double longest(double[] x) {
    double longest = 0;
    for (double each : x) {
      longest = Math.max(longest, Math.abs(each));
    }
    return longest;
  }
}
