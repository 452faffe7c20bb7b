package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.Exponentials.GELU_CUBE;
import static dev.descent.core.kernel.reference.Exponentials.GELU_SLOPE;
import static dev.descent.core.kernel.reference.ScalarMath.*;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.VectorMath.all;
import static dev.descent.core.kernel.simd.VectorMath.copySign;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * What is built from the exponential and the logarithm, a vector at a time: line by line the
 * expressions of {@link dev.descent.core.kernel.reference.Exponentials}, so that both give the same
 * bits.
 */
final class VectorExponentials {
  private VectorExponentials() {}

  /** {@code e^x - 1} for {@code |x| <= EXP_ORDINARY} and NaN. */
  static FloatVector expm1(FloatVector x) {
    FloatVector rounded = x.fma(all(LOG2_E), all(ROUNDER));
    FloatVector r = VectorMath.remainder(x, rounded);
    FloatVector p = VectorMath.polynomial(r).fma(r.mul(r), r);
    FloatVector power = VectorMath.powerOfTwo(rounded);
    return copySign(power.fma(p, power.sub(1f)), x);
  }

  static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector lost = x.sub(u.sub(1f)).blend(all(1f).sub(u.sub(x)), x.compare(GT, 1f));
    IntVector bits = u.reinterpretAsInts().sub(TWO_THIRDS_BITS);
    IntVector exponent = bits.lanewise(ASHR, 23);
    FloatVector n = (FloatVector) exponent.convertShape(I2F, FLOATS, 0);
    FloatVector scale = exponent.neg().add(127).max(0).lanewise(LSHL, 23).reinterpretAsFloats();
    FloatVector f =
        lost.fma(scale, bits.and(0x7fffff).add(TWO_THIRDS_BITS).reinterpretAsFloats().sub(1f));
    FloatVector log = logarithm(n, f);
    log = log.blend(Float.NaN, x.compare(LT, -1f));
    log = log.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f));
    // Of negative zero too.
    log = log.blend(x, x.compare(EQ, 0f));
    return log.blend(x, x.compare(LT, Float.POSITIVE_INFINITY).not());
  }

  /** {@code n ln 2 + ln(1 + f)}. */
  private static FloatVector logarithm(FloatVector n, FloatVector f) {
    // Not a call of ours, not even all(): the compiler stops inlining those so far into a loop.
    FloatVector p = broadcast(FLOATS, L7).fma(f, broadcast(FLOATS, L6));
    p = p.fma(f, broadcast(FLOATS, L5));
    p = p.fma(f, broadcast(FLOATS, L4));
    p = p.fma(f, broadcast(FLOATS, L3));
    p = p.fma(f, broadcast(FLOATS, L2));
    p = p.fma(f, broadcast(FLOATS, L1));
    p = p.fma(f, broadcast(FLOATS, L0));
    p = p.fma(f, broadcast(FLOATS, -0.5f));
    return n.fma(broadcast(FLOATS, LN_2_HIGH), p.fma(f.mul(f), n.mul(LN_2_LOW)).add(f));
  }

  static FloatVector softplus(FloatVector x) {
    FloatVector a = x.lanewise(ABS);
    VectorMask<Float> extraordinary = a.compare(GT, EXP_ORDINARY);
    FloatVector power = VectorMath.exp(a.neg().blend(-EXP_ORDINARY, extraordinary));
    power = power.blend(0f, extraordinary);
    FloatVector u = power.add(1f);
    FloatVector lost = power.sub(u.sub(1f));
    VectorMask<Float> upper = u.compare(GT, 1.3333334f);
    FloatVector f = lost.add(u.sub(1f)).blend(lost.fma(all(0.5f), u.mul(0.5f).sub(1f)), upper);
    FloatVector log = logarithm(all(0f).blend(1f, upper), f);
    return x.blend(0f, x.compare(LE, 0f)).add(log);
  }

  static FloatVector silu(FloatVector x) {
    return weighted(x, x);
  }

  static FloatVector geluTanh(FloatVector x) {
    return weighted(x, x.mul(x.mul(GELU_CUBE).fma(x, all(GELU_SLOPE))));
  }

  private static FloatVector weighted(FloatVector x, FloatVector z) {
    FloatVector a = z.neg();
    a = a.blend(EXP_ORDINARY, a.compare(GT, EXP_ORDINARY));
    a = a.blend(-EXP_ORDINARY, a.compare(LT, -EXP_ORDINARY));
    FloatVector y = x.div(VectorMath.exp(a).add(1f));
    return y.blend(0f, z.compare(LT, -EXP_ORDINARY));
  }

  static FloatVector elu(FloatVector x, FloatVector alpha) {
    VectorMask<Float> positive = x.compare(GT, 0f);
    FloatVector z = x.blend(0f, positive);
    z = z.blend(-EXP_ORDINARY, z.compare(LT, -EXP_ORDINARY));
    return alpha.mul(expm1(z)).blend(x, positive);
  }
}
