package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.FADED;
import static dev.descent.optim.simd.Lanes.FADED_SQUARE;
import static dev.descent.optim.simd.Lanes.isLight;
import static dev.descent.optim.simd.Lanes.light;

import dev.descent.optim.Coordinate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The loop of {@link dev.descent.optim.rule.Adan}; corrections and decay are outside it. */
public record AdanKernel(
    double beta1, double beta2, double beta3, double epsilon, double weightDecay)
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
    float[] ms = slots[0];
    float[] vs = slots[1];
    float[] ns = slots[2];
    float[] befores = slots[3];
    double correction = Math.sqrt(1 - Coordinate.power(beta3, step));
    double shrinking = 1 + lr * weightDecay;
    double alpha = lr * correction / (1 - Coordinate.power(beta1, step)) / shrinking;
    double weight =
        beta2 * (1 - Coordinate.power(beta1, step)) / (1 - Coordinate.power(beta2, step));
    AdaptiveStep steps = AdaptiveStep.of(alpha, epsilon * correction);
    FloatVector weightOfV = FloatVector.broadcast(FLOATS, (float) weight);
    FloatVector minusDecay = FloatVector.broadcast(FLOATS, (float) (-lr * weightDecay / shrinking));
    FloatVector memory = FloatVector.broadcast(FLOATS, (float) beta2);
    VectorMask<Float> isFirst = FLOATS.maskAll(step == 1);
    FloatVector light1 = FloatVector.broadcast(FLOATS, light(beta1));
    FloatVector light2 = FloatVector.broadcast(FLOATS, light(beta2));
    boolean isLight1 = isLight(beta1);
    boolean isLight2 = isLight(beta2);
    FloatVector light3 = FloatVector.broadcast(FLOATS, light(beta3));
    boolean isLight3 = isLight(beta3);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector m = FloatVector.fromArray(FLOATS, ms, at + i);
      FloatVector v = FloatVector.fromArray(FLOATS, vs, at + i);
      FloatVector n = FloatVector.fromArray(FLOATS, ns, at + i);
      FloatVector previous = FloatVector.fromArray(FLOATS, befores, at + i);

      FloatVector d = g.sub(previous).blend(0, isFirst);
      FloatVector ahead = d.fma(memory, g);
      m = m.sub(g).fma(light1, isLight1 ? g : m);
      v = v.sub(d).fma(light2, isLight2 ? d : v);
      n = ahead.neg().fma(ahead, n).fma(light3, isLight3 ? ahead.mul(ahead) : n);
      m = m.blend(0, m.abs().lt(FADED));
      v = v.blend(0, v.abs().lt(FADED));
      n = n.blend(0, n.lt(FADED_SQUARE));
      previous = g;
      FloatVector u = steps.along(v.fma(weightOfV, m), n.sqrt());
      FloatVector delta = p.fma(minusDecay, u);

      m.intoArray(ms, at + i);
      v.intoArray(vs, at + i);
      n.intoArray(ns, at + i);
      previous.intoArray(befores, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
