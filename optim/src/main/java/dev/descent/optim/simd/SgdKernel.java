package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.load;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.Sgd}. */
public record SgdKernel() implements VectorKernel {
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
    for (int i = 0; i < length; i += LANES) {
      FloatVector g = load(gs, gAt + i);
      FloatVector delta = g.mul((float) -lr);
      load(ps, pAt + i).add(delta).intoArray(ps, pAt + i);
    }
  }
}
