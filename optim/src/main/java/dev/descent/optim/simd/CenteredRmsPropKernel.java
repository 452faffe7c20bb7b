package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;
import static dev.descent.optim.simd.Lanes.rest;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.CenteredRmsProp}. */
public record CenteredRmsPropKernel(double decay, double momentum, double epsilon)
    implements VectorKernel {
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
    float[] ms = slots[1];
    float[] bs = slots[2];
    FloatVector light = FloatVector.broadcast(FLOATS, light(decay));
    FloatVector lightMu = FloatVector.broadcast(FLOATS, light(momentum));
    boolean isLight = isLight(decay);
    boolean isLightMu = isLight(momentum);
    AdaptiveStep unitSteps = AdaptiveStep.of(1, epsilon);
    FloatVector share = FloatVector.broadcast(FLOATS, (float) (1 - decay));
    FloatVector minusLr = FloatVector.broadcast(FLOATS, (float) -lr);
    float minusLrRest = rest(-lr);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);
      FloatVector m = FloatVector.fromArray(FLOATS, ms, at + i);
      FloatVector b = FloatVector.fromArray(FLOATS, bs, at + i);

      FloatVector d = g.sub(m);
      v = d.mul(d).fma(share, v);
      v = isLight ? v.mul(light) : v.fma(light, v);
      v = v.blend(0, v.lt(FADED_SQUARE));
      m = m.sub(g).fma(light, isLight ? g : m);
      m = m.blend(0, m.abs().lt(FADED));
      b = (isLightMu ? b.mul(lightMu) : b.fma(lightMu, b)).sub(unitSteps.along(g, v.sqrt()));
      b = b.blend(0, b.abs().lt(FADED));
      FloatVector delta = b.fma(minusLr, b.mul(minusLrRest));

      v.intoArray(vs, at + i);
      m.intoArray(ms, at + i);
      b.intoArray(bs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
