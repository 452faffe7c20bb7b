package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;
import static dev.descent.optim.simd.Lanes.rest;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.Lars}. */
public record LarsKernel(double momentum, double weightDecay) implements CommonKernel {
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
      long step,
      double[] common) {
    float[] vs = slots[0];
    double local = lr * common[0];
    FloatVector rate = FloatVector.broadcast(FLOATS, (float) local);
    float rateRest = rest(local);
    FloatVector decay = FloatVector.broadcast(FLOATS, (float) weightDecay);
    FloatVector light = FloatVector.broadcast(FLOATS, light(momentum));
    boolean isLight = isLight(momentum);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      g = p.fma(decay, g);
      v = isLight ? v.mul(light) : v.fma(light, v);
      v = v.add(g.fma(rate, g.mul(rateRest)));
      v = v.blend(0, v.abs().lt(FADED));

      v.intoArray(vs, at + i);
      p.sub(v).intoArray(ps, pAt + i);
    }
  }
}
