package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.Reductions.VIRTUAL_LANES;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Normalization;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Normalisation, a vector at a time. */
public final class SimdNormalization implements Normalization {
  /** The virtual lanes as {@link SimdReductions#sum} goes over them. */
  @Override
  public float squaredDistance(float[] x, int offset, float center, int n) {
    FloatVector centers = FloatVector.broadcast(FLOATS, center);
    float[] lanes = new float[VIRTUAL_LANES];
    int blocks = n / VIRTUAL_LANES * VIRTUAL_LANES;
    for (int lane = 0; lane < Math.min(n, VIRTUAL_LANES); lane += 4 * LANES) {
      FloatVector sum0 = FloatVector.zero(FLOATS);
      FloatVector sum1 = sum0;
      FloatVector sum2 = sum0;
      FloatVector sum3 = sum0;
      for (int i = lane; i < blocks; i += VIRTUAL_LANES) {
        FloatVector x0 = FloatVector.fromArray(FLOATS, x, offset + i).sub(centers);
        FloatVector x1 = FloatVector.fromArray(FLOATS, x, offset + i + LANES).sub(centers);
        FloatVector x2 = FloatVector.fromArray(FLOATS, x, offset + i + 2 * LANES).sub(centers);
        FloatVector x3 = FloatVector.fromArray(FLOATS, x, offset + i + 3 * LANES).sub(centers);
        sum0 = x0.fma(x0, sum0);
        sum1 = x1.fma(x1, sum1);
        sum2 = x2.fma(x2, sum2);
        sum3 = x3.fma(x3, sum3);
      }
      int rest = blocks + lane;
      int partial = FLOATS.loopBound(n);
      VectorMask<Float> present = FLOATS.indexInRange(partial, n);
      FloatVector last =
          FloatVector.fromArray(FLOATS, x, offset + partial, present)
              .sub(centers)
              .blend(0f, present.not());
      sum0 = addRest(sum0, x, offset, rest, centers, partial, last);
      sum1 = addRest(sum1, x, offset, rest + LANES, centers, partial, last);
      sum2 = addRest(sum2, x, offset, rest + 2 * LANES, centers, partial, last);
      sum3 = addRest(sum3, x, offset, rest + 3 * LANES, centers, partial, last);
      if (SimdReductions.ONE_PASS) {
        return SimdReductions.fold(sum0.add(sum2).add(sum1.add(sum3)));
      }
      sum0.intoArray(lanes, lane);
      sum1.intoArray(lanes, lane + LANES);
      sum2.intoArray(lanes, lane + 2 * LANES);
      sum3.intoArray(lanes, lane + 3 * LANES);
    }
    return SimdReductions.fold(lanes, n);
  }

  private static FloatVector addRest(
      FloatVector sum,
      float[] x,
      int offset,
      int i,
      FloatVector centers,
      int partial,
      FloatVector last) {
    if (i < partial) {
      FloatVector distance = FloatVector.fromArray(FLOATS, x, offset + i).sub(centers);
      return distance.fma(distance, sum);
    }
    return i == partial ? last.fma(last, sum) : sum;
  }

  @Override
  public void normalize(
      float[] x,
      int offset,
      float mean,
      float scale,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] out,
      int outOffset,
      int n) {
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector standard = FloatVector.fromArray(FLOATS, x, offset + i).sub(mean).mul(scale);
      FloatVector w = FloatVector.fromArray(FLOATS, weight, weightOffset + i);
      FloatVector b = FloatVector.fromArray(FLOATS, bias, biasOffset + i);
      standard.fma(w, b).intoArray(out, outOffset + i);
    }
    if (end < n) {
      VectorMask<Float> rest = FLOATS.indexInRange(end, n);
      FloatVector standard =
          FloatVector.fromArray(FLOATS, x, offset + end, rest).sub(mean).mul(scale);
      FloatVector w = FloatVector.fromArray(FLOATS, weight, weightOffset + end, rest);
      FloatVector b = FloatVector.fromArray(FLOATS, bias, biasOffset + end, rest);
      standard.fma(w, b).intoArray(out, outOffset + end, rest);
    }
  }
}
