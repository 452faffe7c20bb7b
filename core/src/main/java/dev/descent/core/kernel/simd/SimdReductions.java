package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Reductions;
import dev.descent.core.kernel.reference.ReferenceReductions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/** Sums and maxima, a vector at a time, in the order that {@link Reductions} prescribes. */
public final class SimdReductions implements Reductions {
  /**
   * Whether four vectors hold all virtual lanes: then they are folded without a detour through
   * memory.
   */
  static final boolean ONE_PASS = 4 * LANES == VIRTUAL_LANES;

  private static final VectorShuffle<Float> LANES_FROM_8 = lanesFrom(8);
  private static final VectorShuffle<Float> LANES_FROM_4 = lanesFrom(4);
  private static final VectorShuffle<Float> LANES_FROM_2 = lanesFrom(2);

  /**
   * The 64 virtual lanes are four vectors of 16 floats. Narrower vectors go over the elements
   * several times, each time with four vectors' worth of the lanes.
   */
  @Override
  public float sum(float[] x, int offset, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    int blocks = n / VIRTUAL_LANES * VIRTUAL_LANES;
    for (int lane = 0; lane < Math.min(n, VIRTUAL_LANES); lane += 4 * LANES) {
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int i = lane; i < blocks; i += VIRTUAL_LANES) {
        sum0 = sum0.add(FloatVector.fromArray(FLOATS, x, offset + i));
        sum1 = sum1.add(FloatVector.fromArray(FLOATS, x, offset + i + LANES));
        sum2 = sum2.add(FloatVector.fromArray(FLOATS, x, offset + i + 2 * LANES));
        sum3 = sum3.add(FloatVector.fromArray(FLOATS, x, offset + i + 3 * LANES));
      }
      int rest = blocks + lane;
      int partial = FLOATS.loopBound(n);
      FloatVector last =
          FloatVector.fromArray(FLOATS, x, offset + partial, FLOATS.indexInRange(partial, n));
      sum0 = addRest(sum0, x, offset, rest, partial, last);
      sum1 = addRest(sum1, x, offset, rest + LANES, partial, last);
      sum2 = addRest(sum2, x, offset, rest + 2 * LANES, partial, last);
      sum3 = addRest(sum3, x, offset, rest + 3 * LANES, partial, last);
      if (ONE_PASS) {
        return fold(sum0.add(sum2).add(sum1.add(sum3)));
      }
      sum0.intoArray(lanes, lane);
      sum1.intoArray(lanes, lane + LANES);
      sum2.intoArray(lanes, lane + 2 * LANES);
      sum3.intoArray(lanes, lane + 3 * LANES);
    }
    return fold(lanes, n);
  }

  /** As the plain loops do it, the first halves with vectors. */
  static float fold(float[] lanes, int n) {
    if (n < VIRTUAL_LANES) {
      return ReferenceReductions.fold(lanes, n);
    }
    for (int half = VIRTUAL_LANES / 2; half >= LANES; half /= 2) {
      for (int lane = 0; lane < half; lane += LANES) {
        add(FloatVector.fromArray(FLOATS, lanes, lane + half), lanes, lane);
      }
    }
    return fold(FloatVector.fromArray(FLOATS, lanes, 0));
  }

  /** The lanes of one vector in halves, without going through memory. */
  static float fold(FloatVector v) {
    if (LANES > 8) {
      v = v.add(v.rearrange(LANES_FROM_8));
    }
    if (LANES > 4) {
      v = v.add(v.rearrange(LANES_FROM_4));
    }
    v = v.add(v.rearrange(LANES_FROM_2));
    return v.lane(0) + v.lane(1);
  }

  private static VectorShuffle<Float> lanesFrom(int first) {
    return VectorShuffle.fromOp(FLOATS, lane -> (first + lane) % LANES);
  }

  private static void add(FloatVector numbers, float[] lanes, int at) {
    FloatVector.fromArray(FLOATS, lanes, at).add(numbers).intoArray(lanes, at);
  }

  private static FloatVector addRest(
      FloatVector sum, float[] x, int offset, int i, int partial, FloatVector last) {
    if (i < partial) {
      return sum.add(FloatVector.fromArray(FLOATS, x, offset + i));
    }
    return i == partial ? sum.add(last) : sum;
  }

  /** Four vectors at a time, so that one comparison need not wait for the other. */
  @Override
  public float max(float[] x, int offset, int n) {
    FloatVector max0 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector max1 = max0;
    FloatVector max2 = max0;
    FloatVector max3 = max0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      max0 = max0.max(FloatVector.fromArray(FLOATS, x, offset + i));
      max1 = max1.max(FloatVector.fromArray(FLOATS, x, offset + i + LANES));
      max2 = max2.max(FloatVector.fromArray(FLOATS, x, offset + i + 2 * LANES));
      max3 = max3.max(FloatVector.fromArray(FLOATS, x, offset + i + 3 * LANES));
    }
    max0 = max0.max(max1).max(max2.max(max3));
    for (; i < n; i += LANES) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, n);
      FloatVector last = FloatVector.fromArray(FLOATS, x, offset + i, rest);
      max0 = max0.lanewise(VectorOperators.MAX, last, rest);
    }
    return max0.reduceLanes(VectorOperators.MAX);
  }
}
