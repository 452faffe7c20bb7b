package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.load;
import static dev.descent.optim.simd.Lanes.ratio;
import static dev.descent.optim.simd.Lanes.times;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.AdaGrad}. */
public record AdaGradKernel(double epsilon) implements VectorKernel {
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
    for (int i = 0; i < length; i += LANES) {
      FloatVector g = load(gs, gAt + i);
      FloatVector sum = g.fma(g, load(sums, at + i));
      FloatVector delta = times(-lr, ratio(g, sum.sqrt().add((float) epsilon)));
      sum.intoArray(sums, at + i);
      load(ps, pAt + i).add(delta).intoArray(ps, pAt + i);
    }
  }
}
