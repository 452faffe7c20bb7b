package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;
import static dev.descent.optim.simd.Lanes.rest;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The loop of {@link dev.descent.optim.rule.Momentum}. */
public record MomentumKernel(double momentum, double dampening) implements VectorKernel {
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
    double mu = step == 1 ? 0 : momentum;
    double gain = step == 1 ? 1 : 1 - dampening;
    FloatVector share = FloatVector.broadcast(FLOATS, (float) gain);
    FloatVector light = FloatVector.broadcast(FLOATS, light(mu));
    VectorMask<Float> isLight = FLOATS.maskAll(isLight(mu));
    FloatVector minusLr = FloatVector.broadcast(FLOATS, (float) -lr);
    float minusLrRest = rest(-lr);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      v = v.fma(light, v.blend(0, isLight));
      v = g.fma(share, v);
      v = v.blend(0, v.abs().lt(FADED));
      FloatVector delta = v.fma(minusLr, v.mul(minusLrRest));

      v.intoArray(vs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
