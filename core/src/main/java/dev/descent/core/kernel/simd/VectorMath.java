package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.ScalarMath.*;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Exponential, logarithm and their relatives, a vector at a time: line by line the expressions of
 * {@link dev.descent.core.kernel.reference.ScalarMath}, so that both give the same bits. Where the
 * exponential would leave the normal numbers, the plain functions are called instead.
 */
final class VectorMath {
  private VectorMath() {}

  /** {@code e^x} for {@code |x| <= EXP_ORDINARY} and NaN. */
  static FloatVector exp(FloatVector x) {
    FloatVector rounded = x.fma(all(LOG2_E), all(ROUNDER));
    FloatVector r = remainder(x, rounded);
    FloatVector p = polynomial(r).fma(r, all(1f)).fma(r, all(1f));
    return p.mul(powerOfTwo(rounded));
  }

  static FloatVector remainder(FloatVector x, FloatVector rounded) {
    FloatVector n = rounded.sub(ROUNDER);
    return n.fma(all(-LN_2_LOW), n.fma(all(-LN_2_HIGH), x));
  }

  static FloatVector polynomial(FloatVector r) {
    FloatVector q = all(E4).fma(r, all(E3));
    q = q.fma(r, all(E2));
    q = q.fma(r, all(E1));
    return q.fma(r, all(E0));
  }

  static FloatVector powerOfTwo(FloatVector rounded) {
    return rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(LT, Float.MIN_NORMAL);
    FloatVector z = x.blend(x.mul(0x1p23f), subnormal);
    IntVector bits = z.reinterpretAsInts().sub(TWO_THIRDS_BITS);
    FloatVector n =
        ((FloatVector)
                bits.lanewise(VectorOperators.ASHR, 23)
                    .convertShape(VectorOperators.I2F, FLOATS, 0))
            .sub(all(0f).blend(23f, subnormal));
    FloatVector f = bits.and(0x7fffff).add(TWO_THIRDS_BITS).reinterpretAsFloats().sub(1f);
    FloatVector p = all(L7).fma(f, all(L6));
    p = p.fma(f, all(L5));
    p = p.fma(f, all(L4));
    p = p.fma(f, all(L3));
    p = p.fma(f, all(L2));
    p = p.fma(f, all(L1));
    p = p.fma(f, all(L0));
    p = p.fma(f, all(-0.5f));
    FloatVector log = n.fma(all(LN_2_HIGH), p.fma(f.mul(f), n.mul(LN_2_LOW)).add(f));
    log = log.blend(Float.NaN, x.compare(LT, 0f));
    log = log.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    return log.blend(x, x.compare(LT, Float.POSITIVE_INFINITY).not());
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.lanewise(ABS);
    a = a.blend(TANH_MAX, a.compare(GT, TANH_MAX));
    FloatVector z = a.mul(-2f);
    FloatVector rounded = z.fma(all(LOG2_E), all(ROUNDER));
    FloatVector r = remainder(z, rounded);
    FloatVector p = polynomial(r).fma(r.mul(r), r);
    FloatVector power = powerOfTwo(rounded);
    FloatVector h = power.fma(p, power.sub(1f)).mul(-0.5f);
    return copySign(h.fma(h.div(all(1f).sub(h)), h), x);
  }

  /** {@code 1 / (1 + e^-x)} for {@code |x| <= EXP_ORDINARY} and NaN. */
  static FloatVector sigmoid(FloatVector x) {
    return all(1f).div(exp(x.neg()).add(1f));
  }

  /** Whether any {@code |x|} is greater than EXP_ORDINARY. */
  static boolean isExtraordinary(FloatVector x) {
    return x.lanewise(ABS).compare(GT, EXP_ORDINARY).anyTrue();
  }

  static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
    return magnitude
        .reinterpretAsInts()
        .and(0x7fffffff)
        .or(sign.reinterpretAsInts().and(0x80000000))
        .reinterpretAsFloats();
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
