package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.Trigonometry.*;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.VectorMath.all;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sine and cosine for ordinary numbers, a vector at a time: line by line the expressions of {@link
 * dev.descent.core.kernel.reference.Trigonometry}, so that both give the same bits.
 */
final class VectorTrigonometry {
  private VectorTrigonometry() {}

  static FloatVector sin(FloatVector x) {
    return turned(x, 0).blend(x, x.compare(EQ, 0f));
  }

  static FloatVector cos(FloatVector x) {
    return turned(x, 1);
  }

  /** Whether any magnitude is greater than ORDINARY. */
  static boolean isExtraordinary(FloatVector x) {
    return x.lanewise(ABS).compare(GT, ORDINARY).anyTrue();
  }

  private static FloatVector turned(FloatVector x, int quarters) {
    FloatVector rounded = x.fma(all(TWO_OVER_PI), all(INTEGER));
    FloatVector n = rounded.sub(INTEGER);
    FloatVector r = n.fma(all(-HALF_PI_HIGH), x);
    r = n.fma(all(-HALF_PI_MIDDLE), r);
    r = n.fma(all(-HALF_PI_LOW), r);
    FloatVector square = r.mul(r);
    FloatVector s = all(S3).fma(square, all(S2));
    s = s.fma(square, all(S1));
    s = s.fma(square, all(S0));
    FloatVector sine = s.fma(square.mul(r), r);
    FloatVector c = all(C2).fma(square, all(C1));
    c = c.fma(square, all(C0));
    FloatVector cosine = c.fma(square.mul(square), square.fma(all(-0.5f), all(1f)));
    IntVector quarter = rounded.reinterpretAsInts().add(quarters);
    VectorMask<Float> odd = quarter.and(1).compare(NE, 0).cast(FLOATS);
    IntVector sign = quarter.and(2).lanewise(LSHL, 30);
    return sine.blend(cosine, odd).reinterpretAsInts().lanewise(XOR, sign).reinterpretAsFloats();
  }
}
