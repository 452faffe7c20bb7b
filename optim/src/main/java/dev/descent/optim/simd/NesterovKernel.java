package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.decayed;
import static dev.descent.optim.simd.Lanes.load;
import static dev.descent.optim.simd.Lanes.settled;
import static dev.descent.optim.simd.Lanes.times;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.Nesterov}. */
public record NesterovKernel(double momentum) implements VectorKernel {
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
    for (int i = 0; i < length; i += LANES) {
      FloatVector g = load(gs, gAt + i);
      FloatVector v = settled(decayed(momentum, load(vs, at + i)).add(g));
      FloatVector ahead = decayed(momentum, v).add(g);
      FloatVector delta = times(-lr, ahead);
      v.intoArray(vs, at + i);
      load(ps, pAt + i).add(delta).intoArray(ps, pAt + i);
    }
  }
}
