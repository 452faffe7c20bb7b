package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.decayed;
import static dev.descent.optim.simd.Lanes.load;
import static dev.descent.optim.simd.Lanes.settled;
import static dev.descent.optim.simd.Lanes.timesPlus;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.Momentum}. */
public record MomentumKernel(double momentum, double dampening) implements VectorKernel {
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
    double mu = step == 1 ? 0 : momentum;
    double share = step == 1 ? 1 : 1 - dampening;
    for (int i = 0; i < length; i += LANES) {
      FloatVector g = load(gs, gAt + i);
      FloatVector v = settled(timesPlus(share, g, decayed(mu, load(vs, at + i))));
      FloatVector delta = v.mul((float) -lr);
      v.intoArray(vs, at + i);
      load(ps, pAt + i).add(delta).intoArray(ps, pAt + i);
    }
  }
}
