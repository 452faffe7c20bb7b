package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;
import static dev.descent.optim.simd.Lanes.average;
import static dev.descent.optim.simd.Lanes.averageSquare;
import static dev.descent.optim.simd.Lanes.load;
import static dev.descent.optim.simd.Lanes.ratio;
import static dev.descent.optim.simd.Lanes.settled;
import static dev.descent.optim.simd.Lanes.times;

import jdk.incubator.vector.FloatVector;

/**
 * The loop of {@link dev.descent.optim.rule.Adam}. The bias corrections are moved out of the loop:
 * {@code mHat / (sqrt(vHat) + epsilon)} is {@code m / (sqrt(v) + epsilonHat)} times {@code sqrt(1 -
 * beta2^t) / (1 - beta1^t)}, with {@code epsilonHat = epsilon sqrt(1 - beta2^t)}.
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
    double correction1 = 1 - StrictMath.pow(beta1, (double) step);
    double correction2 = Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
    double alpha = lr * correction2 / correction1;
    double epsilonHat = epsilon * correction2;
    for (int i = 0; i < length; i += LANES) {
      FloatVector g = load(gs, gAt + i);
      FloatVector m = settled(average(beta1, load(ms, at + i), g));
      FloatVector v = settled(averageSquare(beta2, load(vs, at + i), g));
      FloatVector delta = times(-alpha, ratio(m, v.sqrt().add((float) epsilonHat)));
      m.intoArray(ms, at + i);
      v.intoArray(vs, at + i);
      load(ps, pAt + i).add(delta).intoArray(ps, pAt + i);
    }
  }
}
