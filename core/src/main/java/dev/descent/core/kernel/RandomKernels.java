package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceBernoulli;
import dev.descent.core.kernel.simd.SimdBernoulli;

/**
 * Random numbers by the array: the kernels of this machine, large work shared among the threads.
 */
public final class RandomKernels {
  /** Numbers that are worth a thread of their own: some 10 microseconds. */
  private static final int GRAIN = 1 << 14;

  private static final Bernoulli BERNOULLI =
      Machine.usesSimd() ? new SimdBernoulli() : new ReferenceBernoulli();

  private RandomKernels() {}

  /**
   * Draws zeros at random, for all elements of an array.
   *
   * @see Bernoulli#draw
   */
  public static void bernoulli(long state, int threshold, float value, float[] out) {
    Parallel.forRange(
        out.length, GRAIN, (from, to) -> BERNOULLI.draw(state, threshold, value, out, from, to));
  }
}
