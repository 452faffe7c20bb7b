package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.AdaGrad}. */
public record AdaGradKernel(double epsilon, double lrDecay) implements VectorKernel {
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
    float[] sums = slots[0];
    double rate = lr / (1 + (step - 1) * lrDecay);
    AdaptiveStep steps = AdaptiveStep.of(rate, epsilon);
    for (int i = 0; i < length; i += LANES) {
      FloatVector p = FloatVector.fromArray(FLOATS, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(FLOATS, gs, gAt + i);
      FloatVector sum = FloatVector.fromArray(FLOATS, sums, at + i);

      sum = g.fma(g, sum);
      FloatVector delta = steps.along(g, sum.sqrt());

      sum.intoArray(sums, at + i);
      p.add(delta).intoArray(ps, pAt + i);
    }
  }
}
