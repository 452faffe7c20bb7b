package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Elementwise;
import dev.descent.core.kernel.Unary;

/** Plain loops: what each function means, and what runs where the Vector API is not at hand. */
public final class ReferenceElementwise implements Elementwise {
  @Override
  public void unary(Unary function, float[] in, int inOffset, float[] out, int outOffset, int n) {
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = apply(function, in[inOffset + i]);
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
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = apply(function, a[aOffset + i * aStride], b[bOffset + i * bStride]);
    }
  }

  private static float apply(Unary function, float x) {
    return switch (function) {
      case NEGATE -> -x;
      case EXP -> ScalarMath.exp(x);
      case LOG -> ScalarMath.log(x);
      case SQRT -> (float) Math.sqrt(x);
      case RELU -> x <= 0f ? 0f : x;
      case TANH -> ScalarMath.tanh(x);
      case SIGMOID -> ScalarMath.sigmoid(x);
    };
  }

  private static float apply(Binary function, float a, float b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case GATE -> b > 0f ? a : 0f;
      case EQUAL -> a == b ? 1f : 0f;
      case MAXIMUM -> Math.max(a, b);
    };
  }
}
