package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/** A loop for each activation function; {@link SimdElementwise} says why each has its own. */
final class ActivationLoops {
  private ActivationLoops() {}

  static void gelu(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorErrorFunction.gelu(x).intoArray(out, outOffset + i);
    }
  }

  static void geluSlope(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorErrorFunction.geluSlope(x).intoArray(out, outOffset + i);
    }
  }

  static void geluTanh(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorExponentials.geluTanh(x).intoArray(out, outOffset + i);
    }
  }

  static void silu(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorExponentials.silu(x).intoArray(out, outOffset + i);
    }
  }

  static void softplus(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorExponentials.softplus(x).intoArray(out, outOffset + i);
    }
  }

  static void elu(
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
      FloatVector alpha = FloatVector.fromArray(FLOATS, b, bOffset + i * bStride);
      VectorExponentials.elu(x, alpha).intoArray(out, outOffset + i);
    }
  }

  static void leakyRelu(
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
      FloatVector slope = FloatVector.fromArray(FLOATS, b, bOffset + i * bStride);
      x.mul(slope).blend(x, x.compare(GT, 0f)).intoArray(out, outOffset + i);
    }
  }
}
