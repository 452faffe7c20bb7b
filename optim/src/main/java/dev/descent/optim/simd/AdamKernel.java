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
 * The loop of {@link dev.descent.optim.rule.Adam}. The bias corrections are moved out of the loop:
 * {@code lr mHat / (sqrt(vHat) + epsilon)} is {@code alpha m / (sqrt(v) + epsilonHat)}.
 */
public record AdamKernel(double beta1, double beta2, double epsilon) implements VectorKernel {
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
    double correction = Math.sqrt(1 - Coordinate.power(beta2, step));
    double alpha = lr * correction / (1 - Coordinate.power(beta1, step));
    AdaptiveStep steps = AdaptiveStep.of(alpha, epsilon * correction);
    FloatVector light1 = FloatVector.broadcast(FLOATS, light(beta1));
    FloatVector light2 = FloatVector.broadcast(FLOATS, light(beta2));
    boolean isLight1 = isLight(beta1);
    boolean isLight2 = isLight(beta2);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector m = FloatVector.fromArray(FLOATS, ms, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      m = m.sub(g).fma(light1, isLight1 ? g : m);
      v = g.neg().fma(g, v).fma(light2, isLight2 ? g.mul(g) : v);
      m = m.blend(0, m.abs().lt(FADED));
      v = v.blend(0, v.lt(FADED_SQUARE));
      FloatVector delta = steps.along(m, v.sqrt());

      m.intoArray(ms, at + i);
      v.intoArray(vs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
