package dev.descent.nn.search;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/** Numbers and choices at random, for {@link Candidates#drawn}. */
public final class Draw {
  private Draw() {}

  /**
   * A number whose logarithm is uniform, for what matters by its order of magnitude, such as a
   * learning rate.
   *
   * @param from the least, finite and greater than 0
   * @param to the greatest, at least {@code from}
   */
  public static double logUniform(RandomStream random, double from, double to) {
    Check.positive("from", from);
    Check.check(to >= from && to < Double.POSITIVE_INFINITY, "to", to, "a number >= " + from);
    double low = StrictMath.log(from);
    double exponent = low + (StrictMath.log(to) - low) * random.nextDouble();
    return Math.clamp(StrictMath.exp(exponent), from, to);
  }

  /**
   * A number that is uniform.
   *
   * @param from the least, finite
   * @param to the greatest, at least {@code from}
   */
  public static double uniform(RandomStream random, double from, double to) {
    Check.check(Double.isFinite(from), "from", from, "a finite number");
    Check.check(to >= from && to < Double.POSITIVE_INFINITY, "to", to, "a number >= " + from);
    return Math.clamp(from + (to - from) * random.nextDouble(), from, to);
  }

  /** One of some things, each as likely. */
  @SafeVarargs
  public static <V> V from(RandomStream random, V... values) {
    Check.check(values.length > 0, "the number of values", 0, "at least one");
    return values[random.nextInt(values.length)];
  }
}
