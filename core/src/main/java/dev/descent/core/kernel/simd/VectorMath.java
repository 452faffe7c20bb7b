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
 * {@link dev.descent.core.kernel.reference.ScalarMath}, so that both give the same bits.
 */
final class VectorMath {
  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector z = x.blend(EXP_MAX, x.compare(GT, EXP_MAX));
    z = z.blend(EXP_MIN, z.compare(LT, EXP_MIN));
    FloatVector rounded = z.fma(all(LOG2_E), all(ROUNDER));
    FloatVector n = rounded.sub(ROUNDER);
    FloatVector r = n.fma(all(-LN_2_HIGH), z);
    r = n.fma(all(-LN_2_LOW), r);
    FloatVector q = all(E5).fma(r, all(E4));
    q = q.fma(r, all(E3));
    q = q.fma(r, all(E2));
    q = q.fma(r, all(E1));
    q = q.fma(r, all(E0));
    FloatVector p = q.fma(r.mul(r), r).add(1f);
    IntVector exponent = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUNDER));
    IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
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
    FloatVector square = x.mul(x);
    FloatVector p = all(T4).fma(square, all(T3));
    p = p.fma(square, all(T2));
    p = p.fma(square, all(T1));
    p = p.fma(square, all(T0));
    FloatVector small = p.fma(square.mul(x), x);
    FloatVector large = all(1f).sub(all(2f).div(exp(a.add(a)).add(1f)));
    return copySign(large.blend(small, a.compare(LT, TANH_SMALL)), x);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.lanewise(ABS).neg());
    return all(1f).blend(e, x.compare(LT, 0f)).div(e.add(1f));
  }

  private static FloatVector copySign(FloatVector magnitude, FloatVector sign) {
    return magnitude
        .reinterpretAsInts()
        .and(0x7fffffff)
        .or(sign.reinterpretAsInts().and(0x80000000))
        .reinterpretAsFloats();
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }
}
