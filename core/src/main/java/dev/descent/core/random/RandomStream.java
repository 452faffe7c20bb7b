package dev.descent.core.random;

import dev.descent.core.kernel.RandomKernels;
import dev.descent.core.kernel.reference.SplitMix;

/**
 * A stream of random numbers with a name. What it gives depends on the seed, the purpose and the
 * indices only, never on who else asked for random numbers before: adding dropout to one layer does
 * not change how another is initialised, and epoch 7 is shuffled alike whether or not epochs 1 to 6
 * were run.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number
 * Generators"): a counter through a mixing function, 2^64 numbers long, good enough for learning
 * and not for secrets.
 */
public final class RandomStream {
  private static final int FLOAT_NUMBERS = 1 << 24;
  private static final float FLOAT_UNIT = 0x1p-24f;
  private static final double DOUBLE_UNIT = 0x1p-53;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * The stream for one purpose.
   *
   * @param seed the seed of the whole run
   * @param purpose what the numbers are for, such as "shuffle"
   * @param indices which of several: the epoch, the step, the parameter
   */
  public static RandomStream of(long seed, String purpose, long... indices) {
    long key = SplitMix.mix(seed + SplitMix.GAMMA);
    for (int i = 0; i < purpose.length(); i++) {
      key = SplitMix.mix(key ^ purpose.charAt(i) + SplitMix.GAMMA);
    }
    for (long index : indices) {
      key = SplitMix.mix(SplitMix.mix(key + SplitMix.GAMMA) + index);
    }
    return new RandomStream(key);
  }

  /** 64 random bits. */
  public long nextLong() {
    state += SplitMix.GAMMA;
    return SplitMix.mix(state);
  }

  /**
   * A number from 0 to bound - 1, each equally likely.
   *
   * @throws IllegalArgumentException if the bound is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound is " + bound + "; expected at least 1");
    }
    // The high half of a 32 x 32 bit product, redrawn where it would favour some numbers (Lemire
    // 2019, "Fast Random Integer Generation in an Interval").
    long product = (nextLong() >>> 32) * bound;
    int unfair = Integer.remainderUnsigned(-bound, bound);
    while (Integer.compareUnsigned((int) product, unfair) < 0) {
      product = (nextLong() >>> 32) * bound;
    }
    return (int) (product >>> 32);
  }

  /** A number in [0, 1), a multiple of 2^-24. */
  public float nextFloat() {
    return (nextLong() >>> 40) * FLOAT_UNIT;
  }

  /**
   * Numbers that are zero with some probability: as many {@link #nextFloat} as there are elements,
   * each of them made zero if it is less than the probability, and otherwise the value.
   *
   * @param probability 0 to 1
   */
  public void nextZeros(double probability, float value, float[] out) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is " + probability + "; expected 0 to 1");
    }
    // k 2^-24 is less than p if k is less than the next whole number from p 2^24 on.
    int threshold = (int) Math.ceil(probability * FLOAT_NUMBERS);
    RandomKernels.bernoulli(state, threshold, value, out);
    state += out.length * SplitMix.GAMMA;
  }

  /**
   * A number in [from, to).
   *
   * @throws IllegalArgumentException unless from is less than to and their difference is finite
   */
  public float nextFloat(float from, float to) {
    if (!(from < to) || Float.isInfinite(to - from)) {
      throw new IllegalArgumentException(
          "interval [" + from + ", " + to + "); expected from < to, a finite distance apart");
    }
    float number = Math.fma(nextFloat(), to - from, from);
    // Rounding may reach the end of a narrow interval.
    return number < to ? number : Math.nextDown(to);
  }

  /** A number in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * DOUBLE_UNIT;
  }

  /** A number from the normal distribution with mean 0 and variance 1 (Box and Muller 1958). */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** Puts the elements in random order, each order equally likely (Fisher and Yates). */
  public void shuffle(int[] elements) {
    for (int last = elements.length - 1; last > 0; last--) {
      int other = nextInt(last + 1);
      int element = elements[other];
      elements[other] = elements[last];
      elements[last] = element;
    }
  }
}
