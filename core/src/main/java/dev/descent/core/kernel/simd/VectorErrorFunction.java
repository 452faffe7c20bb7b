package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.ErrorFunction.*;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.VectorMath.all;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

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
    FloatVector t = x.lanewise(ABS);
    FloatVector product = tail(t).mul(t).blend(0f, t.compare(GT, TAIL_MAX));
    return x.blend(0f, x.compare(LE, 0f)).sub(product);
  }

  static FloatVector geluSlope(FloatVector x) {
    FloatVector a = x.lanewise(ABS);
    VectorMask<Float> beyond = a.compare(GT, TAIL_MAX);
    FloatVector t = a.blend(TAIL_MAX, beyond);
    FloatVector density = VectorMath.exp(t.mul(-0.5f).mul(t)).mul(NORMAL_HEIGHT);
    FloatVector d = t.neg().fma(density, tail(t)).blend(0f, beyond);
    return all(1f).sub(d).blend(d, x.compare(LE, 0f));
  }

  // Not a call of ours in here, not even all(): geluSlope comes to this late in its loop, where the
  // compiler no longer inlines them.
  private static FloatVector tail(FloatVector t) {
    FloatVector t2 = t.mul(t);
    FloatVector t4 = t2.mul(t2);
    FloatVector low =
        broadcast(FLOATS, T3)
            .fma(t, broadcast(FLOATS, T2))
            .fma(t2, broadcast(FLOATS, T1).fma(t, broadcast(FLOATS, T0)));
    FloatVector middle =
        broadcast(FLOATS, T7)
            .fma(t, broadcast(FLOATS, T6))
            .fma(t2, broadcast(FLOATS, T5).fma(t, broadcast(FLOATS, T4)));
    FloatVector high =
        broadcast(FLOATS, T10).fma(t2, broadcast(FLOATS, T9).fma(t, broadcast(FLOATS, T8)));
    FloatVector log2 = high.fma(t4, middle).fma(t4, low).fma(t, broadcast(FLOATS, -1f));
    FloatVector rounded = log2.add(INTEGER);
    FloatVector f = log2.sub(rounded.sub(INTEGER));
    FloatVector f2 = f.mul(f);
    FloatVector e =
        broadcast(FLOATS, X6).fma(f2, broadcast(FLOATS, X5).fma(f, broadcast(FLOATS, X4)));
    e = e.fma(f2, broadcast(FLOATS, X3).fma(f, broadcast(FLOATS, X2)));
    e = e.fma(f2, broadcast(FLOATS, X1).fma(f, broadcast(FLOATS, 1f)));
    IntVector exponent = rounded.reinterpretAsInts().lanewise(LSHL, 23);
    return e.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }
}
