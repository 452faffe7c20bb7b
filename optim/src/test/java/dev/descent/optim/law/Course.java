package dev.descent.optim.law;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Gradients for some coordinates over some steps: magnitudes spread evenly over their decades,
 * either sign, one in five exactly zero. Small to print and to shrink, since it is all in the seed.
 *
 * @param coordinates how many coordinates
 * @param steps how many steps
 * @param seed decides everything else
 */
public record Course(int coordinates, int steps, long seed) {
  /** Courses of 1 to {@code coordinates} coordinates and 1 to {@code steps} steps. */
  public static Arbitrary<Course> upTo(int coordinates, int steps) {
    return Combinators.combine(
            Arbitraries.integers().between(1, coordinates),
            Arbitraries.integers().between(1, steps),
            Arbitraries.longs().withoutEdgeCases())
        .as(Course::new);
  }

  /**
   * Float32 gradients, {@code [step][coordinate]}, of magnitudes from {@code min} to {@code max}.
   */
  public float[][] gradients(double min, double max) {
    SplittableRandom random = random();
    float[][] gradients = new float[steps][coordinates];
    for (float[] step : gradients) {
      for (int i = 0; i < coordinates; i++) {
        step[i] = (float) gradient(random, min, max);
      }
    }
    return gradients;
  }

  private static double gradient(SplittableRandom random, double min, double max) {
    double decade = random.nextDouble(Math.log10(min), Math.log10(max));
    double sign = random.nextBoolean() ? 1 : -1;
    return random.nextInt(5) == 0 ? 0 : sign * Math.pow(10, decade);
  }

  /** Values to start from, of ordinary size. */
  public float[] start() {
    SplittableRandom random = random();
    float[] start = new float[coordinates];
    for (int i = 0; i < coordinates; i++) {
      start[i] = (float) random.nextDouble(-2, 2);
    }
    return start;
  }

  /** Random numbers that depend on the seed alone. */
  public SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
