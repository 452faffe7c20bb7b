package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;

import dev.descent.optim.Coordinate;
import jdk.incubator.vector.FloatVector;

/**
 * The loop of {@link dev.descent.optim.rule.AdaBelief}; the corrections are outside it, as in
 * {@link AdamKernel}. The deviation g - m is beta1 times that from the m before.
 */
public record AdaBeliefKernel(double beta1, double beta2, double epsilon) implements VectorKernel {
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
    float[] ss = slots[1];
    double correction = Math.sqrt(1 - Coordinate.power(beta2, step));
    double alpha = lr * correction / (1 - Coordinate.power(beta1, step));
    AdaptiveStep steps = AdaptiveStep.of(alpha, epsilon * correction);
    FloatVector light1 = FloatVector.broadcast(FLOATS, light(beta1));
    FloatVector light2 = FloatVector.broadcast(FLOATS, light(beta2));
    boolean isLight1 = isLight(beta1);
    boolean isLight2 = isLight(beta2);
    FloatVector share = FloatVector.broadcast(FLOATS, (float) ((1 - beta2) * beta1 * beta1));
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector m = FloatVector.fromArray(FLOATS, ms, at + i);
      FloatVector s = FloatVector.fromArray(FLOATS, ss, at + i);

      FloatVector d = g.sub(m);
      m = m.sub(g).fma(light1, isLight1 ? g : m);
      s = isLight2 ? s.mul(light2) : s.fma(light2, s);
      s = d.mul(share).fma(d, s).add((float) epsilon);
      m = m.blend(0, m.abs().lt(FADED));
      s = s.blend(0, s.lt(FADED_SQUARE));
      FloatVector delta = steps.along(m, s.sqrt());

      m.intoArray(ms, at + i);
      s.intoArray(ss, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
