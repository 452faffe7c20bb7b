package dev.descent.core.kernel.reference;

/**
 * SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators"): a
 * counter through a mixing function. So the number at any place can be had without those before.
 */
public final class SplitMix {
  /** From one state to the next: an odd number, 2^64 divided by the golden ratio. */
  public static final long GAMMA = 0x9e3779b97f4a7c15L;

  /** The odd factors of {@link #mix}. */
  public static final long FACTOR_1 = 0xbf58476d1ce4e5b9L;

  /** See {@link #FACTOR_1}. */
  public static final long FACTOR_2 = 0x94d049bb133111ebL;

  private SplitMix() {}

  /** Makes of a state a number that looks random: each of its bits depends on all of the state. */
  public static long mix(long state) {
    long x = (state ^ (state >>> 30)) * FACTOR_1;
    x = (x ^ (x >>> 27)) * FACTOR_2;
    return x ^ (x >>> 31);
  }
}
