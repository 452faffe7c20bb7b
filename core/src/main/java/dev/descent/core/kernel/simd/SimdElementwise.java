package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Elementwise;
import dev.descent.core.kernel.Unary;
import dev.descent.core.kernel.reference.ReferenceElementwise;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Functions of each element, a vector at a time; what is left at the end goes through the plain
 * loops, which give the same bits. Each function has a loop of its own, because the compiler keeps
 * vectors in registers only where it sees which function is applied.
 */
public final class SimdElementwise implements Elementwise {
  private static final Elementwise PLAIN = new ReferenceElementwise();

  private interface UnaryLoop {
    void run(float[] in, int inOffset, float[] out, int outOffset, int end);
  }

  private interface BinaryLoop {
    void run(
        float[] a,
        int aOffset,
        int aStride,
        float[] b,
        int bOffset,
        int bStride,
        float[] out,
        int outOffset,
        int end);
  }

  @Override
  public void unary(Unary function, float[] in, int inOffset, float[] out, int outOffset, int n) {
    int end = FLOATS.loopBound(n);
    loop(function).run(in, inOffset, out, outOffset, end);
    if (end < n) {
      PLAIN.unary(function, in, inOffset + end, out, outOffset + end, n - end);
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
    int end = FLOATS.loopBound(n);
    if (end > 0) {
      // A repeated operand becomes a vector that the loop loads again each time.
      float[] x = aStride == 0 ? repeated(a[aOffset]) : a;
      int xOffset = aStride == 0 ? 0 : aOffset;
      float[] y = bStride == 0 ? repeated(b[bOffset]) : b;
      int yOffset = bStride == 0 ? 0 : bOffset;
      loop(function).run(x, xOffset, aStride, y, yOffset, bStride, out, outOffset, end);
    }
    if (end < n) {
      PLAIN.binary(
          function,
          a,
          aOffset + end * aStride,
          aStride,
          b,
          bOffset + end * bStride,
          bStride,
          out,
          outOffset + end,
          n - end);
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
    int end = FLOATS.loopBound(n);
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(a, aOffset + i);
      FloatVector y = load(b, bOffset + i);
      VectorMask<Float> second = load(condition, conditionOffset + i).compare(EQ, 0f);
      x.blend(y, second).intoArray(out, outOffset + i);
    }
    if (end < n) {
      PLAIN.select(
          condition,
          conditionOffset + end,
          a,
          aOffset + end,
          b,
          bOffset + end,
          out,
          outOffset + end,
          n - end);
    }
  }

  // Loops are called through an interface so that at most two of them are compiled into one method:
  // in a larger one the compiler would give up in the midst of a loop and make objects of its
  // vectors, which takes twenty times as long.

  private static UnaryLoop loop(Unary function) {
    return switch (function) {
      case NEGATE -> SimdElementwise::negate;
      case EXP -> SimdElementwise::exp;
      case LOG -> SimdElementwise::log;
      case SQRT -> SimdElementwise::sqrt;
      case RELU -> SimdElementwise::relu;
      case TANH -> SimdElementwise::tanh;
      case SIGMOID -> SimdElementwise::sigmoid;
      case ABS -> FunctionLoops::abs;
      case RSQRT -> FunctionLoops::rsqrt;
      case EXPM1 -> FunctionLoops::expm1;
      case LOG1P -> FunctionLoops::log1p;
      case SIN -> FunctionLoops::sin;
      case COS -> FunctionLoops::cos;
      case ERF -> FunctionLoops::erf;
      case GELU -> ActivationLoops::gelu;
      case GELU_SLOPE -> ActivationLoops::geluSlope;
      case GELU_TANH -> ActivationLoops::geluTanh;
      case SILU -> ActivationLoops::silu;
      case SOFTPLUS -> ActivationLoops::softplus;
    };
  }

  private static BinaryLoop loop(Binary function) {
    return switch (function) {
      case ADD -> SimdElementwise::add;
      case SUBTRACT -> SimdElementwise::subtract;
      case MULTIPLY -> SimdElementwise::multiply;
      case DIVIDE -> SimdElementwise::divide;
      case GATE -> SimdElementwise::gate;
      case EQUAL -> SimdElementwise::equal;
      case MAXIMUM -> SimdElementwise::maximum;
      case MINIMUM -> ChoiceLoops::minimum;
      case GREATER -> ChoiceLoops::greater;
      case AT_LEAST -> ChoiceLoops::atLeast;
      case POWER -> SimdElementwise::power;
      case LEAKY_RELU -> ActivationLoops::leakyRelu;
      case ELU -> ActivationLoops::elu;
    };
  }

  private static float[] repeated(float value) {
    float[] vector = new float[LANES];
    Arrays.fill(vector, value);
    return vector;
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static void negate(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      x.neg().intoArray(out, outOffset + i);
    }
  }

  private static void exp(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      if (VectorMath.isExtraordinary(x)) {
        PLAIN.unary(Unary.EXP, in, inOffset + i, out, outOffset + i, LANES);
      } else {
        VectorMath.exp(x).intoArray(out, outOffset + i);
      }
    }
  }

  private static void log(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      VectorMath.log(x).intoArray(out, outOffset + i);
    }
  }

  private static void sqrt(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      x.sqrt().intoArray(out, outOffset + i);
    }
  }

  private static void relu(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      x.blend(0f, x.compare(LE, 0f)).intoArray(out, outOffset + i);
    }
  }

  private static void tanh(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      VectorMath.tanh(x).intoArray(out, outOffset + i);
    }
  }

  private static void sigmoid(float[] in, int inOffset, float[] out, int outOffset, int end) {
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = load(in, inOffset + i);
      if (VectorMath.isExtraordinary(x)) {
        PLAIN.unary(Unary.SIGMOID, in, inOffset + i, out, outOffset + i, LANES);
      } else {
        VectorMath.sigmoid(x).intoArray(out, outOffset + i);
      }
    }
  }

  private static void add(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      x.add(y).intoArray(out, outOffset + i);
    }
  }

  private static void subtract(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      x.sub(y).intoArray(out, outOffset + i);
    }
  }

  private static void multiply(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      x.mul(y).intoArray(out, outOffset + i);
    }
  }

  private static void divide(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      x.div(y).intoArray(out, outOffset + i);
    }
  }

  private static void gate(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      FloatVector.zero(FLOATS).blend(x, y.compare(GT, 0f)).intoArray(out, outOffset + i);
    }
  }

  private static void equal(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      FloatVector.zero(FLOATS).blend(1f, x.compare(EQ, y)).intoArray(out, outOffset + i);
    }
  }

  private static void maximum(
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
      FloatVector x = load(a, aOffset + i * aStride);
      FloatVector y = load(b, bOffset + i * bStride);
      x.max(y).intoArray(out, outOffset + i);
    }
  }

  /** In double precision, one by one: a float's logarithm has too few bits for a large power. */
  private static void power(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int end) {
    PLAIN.binary(Binary.POWER, a, aOffset, aStride, b, bOffset, bStride, out, outOffset, end);
  }
}
