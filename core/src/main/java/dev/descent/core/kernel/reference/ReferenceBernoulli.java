package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Bernoulli;

/** One number after the other. */
public final class ReferenceBernoulli implements Bernoulli {
  @Override
  public void draw(long state, int threshold, float value, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      long number = SplitMix.mix(state + (i + 1) * SplitMix.GAMMA);
      out[i] = number >>> 40 < threshold ? 0 : value;
    }
  }
}
