package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.Yogi}. */
public record YogiKernel(double beta1, double beta2, double epsilon) implements VectorKernel {
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
    float[] ms = slots[0];
    float[] vs = slots[1];
    FloatVector light = FloatVector.broadcast(FLOATS, light(beta1));
    boolean isLight = isLight(beta1);
    FloatVector share = FloatVector.broadcast(FLOATS, (float) (1 - beta2));
    AdaptiveStep steps = AdaptiveStep.of(lr, epsilon);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector m = FloatVector.fromArray(FLOATS, ms, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      m = m.sub(g).fma(light, isLight ? g : m);
      m = m.blend(0, m.abs().lt(FADED));
      FloatVector square = g.mul(g);
      FloatVector towards = square.blend(square.neg(), v.lt(square).not());
      v = towards.blend(0, v.eq(square)).fma(share, v);
      FloatVector delta = steps.along(m, v.sqrt());

      m.intoArray(ms, at + i);
      v.intoArray(vs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
