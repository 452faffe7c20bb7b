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

  @Override
  public void select(
      float[] condition,
      int conditionOffset,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] out,
      int outOffset,
      int n) {
    for (int i = 0; i < n; i++) {
      boolean first = condition[conditionOffset + i] != 0f;
      out[outOffset + i] = first ? a[aOffset + i] : b[bOffset + i];
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
      case ABS -> Math.abs(x);
      case RSQRT -> 1f / (float) Math.sqrt(x);
      case EXPM1 -> Exponentials.expm1(x);
      case LOG1P -> Exponentials.log1p(x);
      case SIN -> Trigonometry.sin(x);
      case COS -> Trigonometry.cos(x);
      case ERF -> ErrorFunction.erf(x);
      case GELU -> ErrorFunction.gelu(x);
      case GELU_SLOPE -> ErrorFunction.geluSlope(x);
      case GELU_TANH -> Exponentials.geluTanh(x);
      case SILU -> Exponentials.silu(x);
      case SOFTPLUS -> Exponentials.softplus(x);
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
      case MINIMUM -> Math.min(a, b);
      case GREATER -> a > b ? 1f : 0f;
      case AT_LEAST -> a >= b ? 1f : 0f;
      case POWER -> (float) StrictMath.pow(a, b);
      case LEAKY_RELU -> a > 0f ? a : a * b;
      case ELU -> Exponentials.elu(a, b);
    };
  }
}
