package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Elementwise;
import dev.descent.core.kernel.Unary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of each element, a vector at a time. The choice of the function stands inside the loop:
 * it always goes the same way, so the processor predicts it, and the loop is written once.
 */
public final class SimdElementwise implements Elementwise {
  @Override
  public void unary(Unary function, float[] in, int inOffset, float[] out, int outOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      apply(function, FloatVector.fromArray(FLOATS, in, inOffset + i))
          .intoArray(out, outOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, n);
      apply(function, FloatVector.fromArray(FLOATS, in, inOffset + i, rest))
          .intoArray(out, outOffset + i, rest);
    }
  }

  @Override
  public void binary(
      Binary function,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int n) {
    if (n == 0) {
      return;
    }
    FloatVector va = FloatVector.broadcast(FLOATS, a[aOffset]);
    FloatVector vb = FloatVector.broadcast(FLOATS, b[bOffset]);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      if (aStride != 0) {
        va = FloatVector.fromArray(FLOATS, a, aOffset + i);
      }
      if (bStride != 0) {
        vb = FloatVector.fromArray(FLOATS, b, bOffset + i);
      }
      apply(function, va, vb).intoArray(out, outOffset + i);
    }
    if (i < n) {
      VectorMask<Float> rest = FLOATS.indexInRange(i, n);
      if (aStride != 0) {
        va = FloatVector.fromArray(FLOATS, a, aOffset + i, rest);
      }
      if (bStride != 0) {
        vb = FloatVector.fromArray(FLOATS, b, bOffset + i, rest);
      }
      apply(function, va, vb).intoArray(out, outOffset + i, rest);
    }
  }

  private static FloatVector apply(Unary function, FloatVector x) {
    return switch (function) {
      case NEGATE -> x.neg();
      case EXP -> VectorMath.exp(x);
      case LOG -> VectorMath.log(x);
      case SQRT -> x.sqrt();
      case RELU -> x.blend(0f, x.compare(VectorOperators.LE, 0f));
      case TANH -> VectorMath.tanh(x);
      case SIGMOID -> VectorMath.sigmoid(x);
    };
  }

  private static FloatVector apply(Binary function, FloatVector a, FloatVector b) {
    return switch (function) {
      case ADD -> a.add(b);
      case SUBTRACT -> a.sub(b);
      case MULTIPLY -> a.mul(b);
      case DIVIDE -> a.div(b);
      case GATE -> a.blend(0f, b.compare(VectorOperators.GT, 0f).not());
      case EQUAL -> FloatVector.zero(FLOATS).blend(1f, a.compare(VectorOperators.EQ, b));
      case MAXIMUM -> a.max(b);
    };
  }
}
