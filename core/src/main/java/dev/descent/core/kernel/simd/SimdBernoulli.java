package dev.descent.core.kernel.simd;

import static jdk.incubator.vector.VectorOperators.AND_NOT;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.descent.core.kernel.Bernoulli;
import dev.descent.core.kernel.reference.ReferenceBernoulli;
import dev.descent.core.kernel.reference.SplitMix;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A vector of the numbers at even places and one of those at odd places at once. An element of the
 * result is half as long as a number, so a pair of them is what a lane has room for. Nothing here
 * is of another width than all other kernels: see {@link Simd}.
 */
public final class SimdBernoulli implements Bernoulli {
  private static final VectorSpecies<Long> LONGS =
      VectorSpecies.of(long.class, Simd.FLOATS.vectorShape());

  private static final int PAIRS = LONGS.length();
  private static final LongVector EVEN = LongVector.zero(LONGS).addIndex(2);
  private static final ReferenceBernoulli REST = new ReferenceBernoulli();

  @Override
  public void draw(long state, int threshold, float value, float[] out, int from, int to) {
    LongVector bits = LongVector.broadcast(LONGS, Float.floatToRawIntBits(value) & 0xFFFFFFFFL);
    LongVector next = EVEN.add(from + 1L).mul(SplitMix.GAMMA).add(state);
    int i = from;
    for (; i <= to - 2 * PAIRS; i += 2 * PAIRS) {
      LongVector even = bits.lanewise(AND_NOT, below(threshold, next));
      LongVector odd = bits.lanewise(AND_NOT, below(threshold, next.add(SplitMix.GAMMA)));
      even.or(odd.lanewise(LSHL, Integer.SIZE)).reinterpretAsFloats().intoArray(out, i);
      next = next.add(2L * PAIRS * SplitMix.GAMMA);
    }
    REST.draw(state, threshold, value, out, i, to);
  }

  /** All bits where {@link SplitMix#mix} gives a number below the threshold, elsewhere none. */
  private static LongVector below(int threshold, LongVector state) {
    LongVector x = state.lanewise(XOR, state.lanewise(LSHR, 30)).mul(SplitMix.FACTOR_1);
    x = x.lanewise(XOR, x.lanewise(LSHR, 27)).mul(SplitMix.FACTOR_2);
    x = x.lanewise(XOR, x.lanewise(LSHR, 31));
    return x.lanewise(LSHR, 40).sub(threshold).lanewise(ASHR, Long.SIZE - 1);
  }
}
