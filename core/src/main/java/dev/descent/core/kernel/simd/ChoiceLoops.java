package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/** A loop for each function that compares; {@link SimdElementwise} says why each has its own. */
final class ChoiceLoops {
  private ChoiceLoops() {}

  static void minimum(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, a, aOffset + i * aStride);
      FloatVector y = FloatVector.fromArray(FLOATS, b, bOffset + i * bStride);
      x.min(y).intoArray(out, outOffset + i);
    }
  }

  static void greater(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, a, aOffset + i * aStride);
      FloatVector y = FloatVector.fromArray(FLOATS, b, bOffset + i * bStride);
      FloatVector.zero(FLOATS).blend(1f, x.compare(GT, y)).intoArray(out, outOffset + i);
    }
  }

  static void atLeast(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, a, aOffset + i * aStride);
      FloatVector y = FloatVector.fromArray(FLOATS, b, bOffset + i * bStride);
      FloatVector.zero(FLOATS).blend(1f, x.compare(GE, y)).intoArray(out, outOffset + i);
    }
  }
}
