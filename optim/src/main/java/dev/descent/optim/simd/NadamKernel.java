package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;
import static dev.descent.optim.simd.Lanes.rest;

import dev.descent.optim.Coordinate;
import dev.descent.optim.rule.Nadam;
import jdk.incubator.vector.FloatVector;

/**
 * The loop of {@link Nadam}. The corrections are outside it: both terms have one denominator, and
 * the gradient is weighed relative to the first moment.
 */
public record NadamKernel(Nadam rule) implements CommonKernel {
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
    float[] ms = slots[0];
    float[] vs = slots[1];
    double product = common[0];
    double next = rule.momentum(step + 1);
    double correction = Math.sqrt(1 - Coordinate.power(rule.beta2(), step));
    double weightOfG = correction * (1 - rule.momentum(step)) / (1 - product);
    double weightOfM = correction * next / (1 - product * next);
    double alpha = lr * weightOfG;
    AdaptiveStep steps = AdaptiveStep.of(alpha, rule.epsilon() * correction);
    double weight = weightOfM / weightOfG;
    FloatVector relative = FloatVector.broadcast(FLOATS, (float) weight);
    float relativeRest = rest(weight);
    FloatVector light1 = FloatVector.broadcast(FLOATS, light(rule.beta1()));
    FloatVector light2 = FloatVector.broadcast(FLOATS, light(rule.beta2()));
    boolean isLight1 = isLight(rule.beta1());
    boolean isLight2 = isLight(rule.beta2());
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector m = FloatVector.fromArray(FLOATS, ms, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);

      m = m.sub(g).fma(light1, isLight1 ? g : m);
      v = g.neg().fma(g, v).fma(light2, isLight2 ? g.mul(g) : v);
      m = m.blend(0, m.abs().lt(FADED));
      v = v.blend(0, v.lt(FADED_SQUARE));
      FloatVector ahead = m.fma(relative, m.mul(relativeRest).add(g));
      FloatVector delta = steps.along(ahead, v.sqrt());

      m.intoArray(ms, at + i);
      v.intoArray(vs, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
