package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.averageSquare;
import static dev.descent.optim.simd.Lanes.load;
import static dev.descent.optim.simd.Lanes.ratio;
import static dev.descent.optim.simd.Lanes.settled;
import static dev.descent.optim.simd.Lanes.times;

import jdk.incubator.vector.FloatVector;

/** The loop of {@link dev.descent.optim.rule.Adadelta}. */
public record AdadeltaKernel(double decay, double epsilon) implements VectorKernel {
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
    float[] us = slots[1];
    for (int i = 0; i < length; i += LANES) {
      FloatVector g = load(gs, gAt + i);
      FloatVector v = settled(averageSquare(decay, load(vs, at + i), g));
      FloatVector u = load(us, at + i);
      FloatVector dx = ratio(rms(u), rms(v)).mul(g);
      FloatVector delta = times(-lr, dx);
      v.intoArray(vs, at + i);
      settled(averageSquare(decay, u, dx)).intoArray(us, at + i);
      load(ps, pAt + i).add(delta).intoArray(ps, pAt + i);
    }
  }

  private FloatVector rms(FloatVector meanSquare) {
    return meanSquare.add((float) epsilon).sqrt();
  }
}
