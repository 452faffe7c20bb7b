package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.RmsProp}. */
public record RmsPropKernel(double decay, double epsilon) implements VectorKernel {
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
    FloatVector light = FloatVector.broadcast(FLOATS, light(decay));
    boolean isLight = isLight(decay);
    AdaptiveStep steps = AdaptiveStep.of(lr, epsilon);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      v = g.neg().fma(g, v).fma(light, isLight ? g.mul(g) : v);
      v = v.blend(0, v.lt(FADED_SQUARE));
      FloatVector delta = steps.along(g, v.sqrt());

      v.intoArray(vs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
