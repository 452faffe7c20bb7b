package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;

import dev.descent.optim.Coordinate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The loop of {@link dev.descent.optim.rule.ScheduleFreeAdamW}. */
public record ScheduleFreeAdamWKernel(
    double beta1, double beta2, double epsilon, double weightDecay) implements CommonKernel {
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
    float[] zs = slots[0];
    float[] vs = slots[1];
    double correction = Math.sqrt(1 - Coordinate.power(beta2, step));
    AdaptiveStep steps = AdaptiveStep.of(correction, epsilon * correction);
    FloatVector light = FloatVector.broadcast(FLOATS, light(beta2));
    boolean isLight = isLight(beta2);
    double share = common[2];
    FloatVector shareOfZ = FloatVector.broadcast(FLOATS, (float) share);
    FloatVector rate = FloatVector.broadcast(FLOATS, (float) lr);
    FloatVector alpha = FloatVector.broadcast(FLOATS, (float) (lr * (1 - beta1 * (1 - share))));
    FloatVector minusDecay = FloatVector.broadcast(FLOATS, (float) -weightDecay);
    VectorMask<Float> isFirst = FLOATS.maskAll(step == 1);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector z = FloatVector.fromArray(FLOATS, zs, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      z = z.blend(p, isFirst);
      v = g.neg().fma(g, v).fma(light, isLight ? g.mul(g) : v);
      v = v.blend(0, v.lt(FADED_SQUARE));
      FloatVector direction = p.fma(minusDecay, steps.along(g, v.sqrt()));
      FloatVector delta = z.sub(p).fma(shareOfZ, direction.mul(alpha));
      z = z.add(direction.mul(rate));

      z.intoArray(zs, at + i);
      v.intoArray(vs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
