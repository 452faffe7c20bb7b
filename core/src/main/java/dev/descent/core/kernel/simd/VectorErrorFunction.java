package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.ErrorFunction.*;
import static dev.descent.core.kernel.reference.ScalarMath.*;
import static dev.descent.core.kernel.simd.VectorMath.all;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The error function and its relatives, a vector at a time: line by line the expressions of {@link
 * dev.descent.core.kernel.reference.ErrorFunction}, so that both give the same bits.
 */
final class VectorErrorFunction {
  private VectorErrorFunction() {}

  static FloatVector erf(FloatVector x) {
    FloatVector a = x.lanewise(ABS);
    FloatVector t = a.blend(ERF_MAX, a.compare(GT, ERF_MAX));
    FloatVector q = all(Q5).fma(t, all(Q4));
    q = q.fma(t, all(Q3));
    q = q.fma(t, all(Q2));
    q = q.fma(t, all(Q1));
    q = q.fma(t, all(Q0));
    FloatVector z = q.fma(t, t).neg();
    FloatVector far = all(1f).sub(VectorMath.exp(z));
    FloatVector s = t.mul(t);
    FloatVector p = all(P5).fma(s, all(P4));
    p = p.fma(s, all(P3));
    p = p.fma(s, all(P2));
    p = p.fma(s, all(P1));
    p = p.fma(s, all(P0));
    FloatVector magnitude = far.blend(p.fma(t, t), t.compare(LT, ERF_SPLIT));
    // The sign of x. No call of ours so late in the loop: the compiler would not inline it.
    return magnitude
        .reinterpretAsInts()
        .lanewise(BITWISE_BLEND, x.reinterpretAsInts(), 0x80000000)
        .reinterpretAsFloats();
  }

  static FloatVector gelu(FloatVector x) {
    FloatVector a = x.lanewise(ABS);
    FloatVector t = a.blend(TAIL_MAX, a.compare(GT, TAIL_MAX));
    FloatVector minusTail = gaussian(t).mul(minusRatio(t));
    return t.fma(minusTail, x.blend(0f, x.compare(LE, 0f)));
  }

  static FloatVector geluSlope(FloatVector x) {
    FloatVector a = x.lanewise(ABS);
    FloatVector t = a.blend(TAIL_MAX, a.compare(GT, TAIL_MAX));
    FloatVector minusD = gaussian(t).mul(t.fma(all(NORMAL_HEIGHT), minusRatio(t)));
    return minusD.add(1f).blend(all(0f).sub(minusD), x.compare(LE, 0f));
  }

  private static FloatVector gaussian(FloatVector t) {
    FloatVector rounded = t.mul(MINUS_HALF_LOG2_E).fma(t, all(ROUNDER));
    FloatVector n = rounded.sub(ROUNDER);
    FloatVector r = t.mul(-0.5f).fma(t, n.mul(-LN_2_TEN_BITS));
    r = n.fma(all(-LN_2_REST), r);
    FloatVector r2 = r.mul(r);
    FloatVector q = all(E4).fma(r2, all(E3).fma(r, all(E2)));
    q = q.fma(r2, all(E1).fma(r, all(E0)));
    return q.fma(r2, r.add(1f)).mul(VectorMath.powerOfTwo(rounded));
  }

  private static FloatVector minusRatio(FloatVector t) {
    FloatVector n = all(N4).fma(t, all(N3));
    n = n.fma(t, all(N2));
    n = n.fma(t, all(N1));
    n = n.fma(t, all(N0));
    FloatVector d = all(D5).fma(t, all(D4));
    d = d.fma(t, all(D3));
    d = d.fma(t, all(D2));
    d = d.fma(t, all(D1));
    d = d.fma(t, all(1f));
    return n.div(d);
  }
}
