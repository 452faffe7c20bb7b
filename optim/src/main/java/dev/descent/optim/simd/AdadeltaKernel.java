package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;
import static dev.descent.optim.simd.Lanes.rest;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The loop of {@link dev.descent.optim.rule.Adadelta}. With one root instead of two, {@code dx =
 * sqrt((u + epsilon) / (v + epsilon)) g}: that saves a third of the time. A power of two keeps the
 * quotient from becoming subnormal.
 */
public record AdadeltaKernel(double decay, double epsilon) implements VectorKernel {
  private static final float SCALE = 0x1p60f;
  private static final float UNSCALED_ROOT = 0x1p-30f;

  @Override
  public void vectors(
      float[] ps,
      int pAt,
      float[] gs,
      int gAt,
      float[][] slots,
      int at,
      int length,
      double lr,
      long step) {
    float[] vs = slots[0];
    float[] us = slots[1];
    FloatVector light = FloatVector.broadcast(FLOATS, light(decay));
    VectorMask<Float> isLight = FLOATS.maskAll(isLight(decay));
    FloatVector minusLr = FloatVector.broadcast(FLOATS, (float) -lr);
    float minusLrRest = rest(-lr);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);
      FloatVector u = FloatVector.fromArray(FLOATS, us, at + i);

      v = g.neg().fma(g, v).fma(light, v.blend(g.mul(g), isLight));
      v = v.blend(0, v.lt(FADED_SQUARE));
      FloatVector above = u.add((float) epsilon).mul(SCALE);
      FloatVector below = v.add((float) epsilon);
      FloatVector quotient = above.div(below).blend(0, below.eq(0));
      FloatVector dx = quotient.sqrt().mul(g.mul(UNSCALED_ROOT));
      u = dx.neg().fma(dx, u).fma(light, u.blend(dx.mul(dx), isLight));
      u = u.blend(0, u.lt(FADED_SQUARE));
      FloatVector delta = dx.fma(minusLr, dx.mul(minusLrRest));

      v.intoArray(vs, at + i);
      u.intoArray(us, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
