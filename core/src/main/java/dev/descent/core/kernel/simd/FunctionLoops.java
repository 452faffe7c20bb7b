package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.ABS;

import dev.descent.core.kernel.Elementwise;
import dev.descent.core.kernel.Unary;
import dev.descent.core.kernel.reference.ReferenceElementwise;
import jdk.incubator.vector.FloatVector;

/** A loop for each function of mathematics; {@link SimdElementwise} says why each has its own. */
final class FunctionLoops {
  private static final Elementwise PLAIN = new ReferenceElementwise();

  private FunctionLoops() {}

  static void abs(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      x.lanewise(ABS).intoArray(out, outOffset + i);
    }
  }

  static void rsqrt(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      FloatVector.broadcast(FLOATS, 1f).div(x.sqrt()).intoArray(out, outOffset + i);
    }
  }

  static void expm1(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      if (VectorMath.isExtraordinary(x)) {
        PLAIN.unary(Unary.EXPM1, in, inOffset + i, out, outOffset + i, LANES);
      } else {
        VectorExponentials.expm1(x).intoArray(out, outOffset + i);
      }
    }
  }

  static void log1p(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorExponentials.log1p(x).intoArray(out, outOffset + i);
    }
  }

  static void sin(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      if (VectorTrigonometry.isExtraordinary(x)) {
        PLAIN.unary(Unary.SIN, in, inOffset + i, out, outOffset + i, LANES);
      } else {
        VectorTrigonometry.sin(x).intoArray(out, outOffset + i);
      }
    }
  }

  static void cos(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      if (VectorTrigonometry.isExtraordinary(x)) {
        PLAIN.unary(Unary.COS, in, inOffset + i, out, outOffset + i, LANES);
      } else {
        VectorTrigonometry.cos(x).intoArray(out, outOffset + i);
      }
    }
  }

  static void erf(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, in, inOffset + i);
      VectorErrorFunction.erf(x).intoArray(out, outOffset + i);
    }
  }
}
