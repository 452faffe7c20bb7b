package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.reference.ScalarMath.*;
import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.descent.core.kernel.RecurrentCells;
import dev.descent.core.kernel.reference.ReferenceRecurrentCells;
import jdk.incubator.vector.FloatVector;

/**
 * The loops of GRU cells, each a single pass; {@link LstmLoops} says why functions are spelled out.
 */
final class GruLoops {
  private static final RecurrentCells PLAIN = new ReferenceRecurrentCells();

  private GruLoops() {}

  /** {@link RecurrentCells#gru} for a number of cells that fills vectors. */
  static void forward(
      float[] gates,
      int gatesOffset,
      int sums,
      int stride,
      float[] states,
      int before,
      int after,
      int end) {
    FloatVector one = broadcast(FLOATS, 1f);
    FloatVector log2E = broadcast(FLOATS, LOG2_E);
    FloatVector rounder = broadcast(FLOATS, ROUNDER);
    FloatVector high = broadcast(FLOATS, -LN_2_HIGH);
    FloatVector low = broadcast(FLOATS, -LN_2_LOW);
    FloatVector e0 = broadcast(FLOATS, E0);
    FloatVector e1 = broadcast(FLOATS, E1);
    FloatVector e2 = broadcast(FLOATS, E2);
    FloatVector e3 = broadcast(FLOATS, E3);
    FloatVector e4 = broadcast(FLOATS, E4);
    for (int j = 0; j < end; j += LANES) {
      int left = gatesOffset + j;
      int right = sums + j;
      FloatVector sumR = fromArray(FLOATS, gates, left).add(fromArray(FLOATS, gates, right));
      FloatVector sumZ =
          fromArray(FLOATS, gates, left + stride).add(fromArray(FLOATS, gates, right + stride));
      if (sumR.lanewise(ABS)
          .compare(GT, EXP_ORDINARY)
          .or(sumZ.lanewise(ABS).compare(GT, EXP_ORDINARY))
          .anyTrue()) {
        PLAIN.gru(gates, left, right, stride, states, before + j, after + j, LANES);
        continue;
      }
      FloatVector z = sumR.neg();
      FloatVector rounded = z.fma(log2E, rounder);
      FloatVector k = rounded.sub(ROUNDER);
      FloatVector r = k.fma(low, k.fma(high, z));
      FloatVector q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      FloatVector power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector reset = one.div(q.fma(r, one).fma(r, one).mul(power).add(1f));
      z = sumZ.neg();
      rounded = z.fma(log2E, rounder);
      k = rounded.sub(ROUNDER);
      r = k.fma(low, k.fma(high, z));
      q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector update = one.div(q.fma(r, one).fma(r, one).mul(power).add(1f));
      FloatVector sumN =
          reset.fma(
              fromArray(FLOATS, gates, right + 2 * stride),
              fromArray(FLOATS, gates, left + 2 * stride));
      FloatVector a = sumN.lanewise(ABS);
      z = a.blend(TANH_MAX, a.compare(GT, TANH_MAX)).mul(-2f);
      rounded = z.fma(log2E, rounder);
      k = rounded.sub(ROUNDER);
      r = k.fma(low, k.fma(high, z));
      q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector half = power.fma(q.fma(r.mul(r), r), power.sub(1f)).mul(-0.5f);
      FloatVector magnitude = half.fma(half.div(one.sub(half)), half);
      FloatVector candidate =
          magnitude
              .reinterpretAsInts()
              .and(0x7fffffff)
              .or(sumN.reinterpretAsInts().and(0x80000000))
              .reinterpretAsFloats();
      reset.intoArray(gates, left);
      update.intoArray(gates, left + stride);
      candidate.intoArray(gates, left + 2 * stride);
      FloatVector h = fromArray(FLOATS, states, before + j);
      update.fma(h.sub(candidate), candidate).intoArray(states, after + j);
    }
  }

  /** {@link RecurrentCells#gruGradient} for a number of cells that fills vectors. */
  static void backward(
      float[] gates,
      int gatesOffset,
      int sums,
      int stride,
      float[] states,
      int before,
      float[] gradient,
      int gradientBefore,
      float[] dState,
      int dStateOffset,
      float[] dGates,
      int dGatesOffset,
      int dSums,
      int end) {
    FloatVector one = broadcast(FLOATS, 1f);
    for (int j = 0; j < end; j += LANES) {
      int from = gatesOffset + j;
      FloatVector reset = fromArray(FLOATS, gates, from);
      FloatVector update = fromArray(FLOATS, gates, from + stride);
      FloatVector candidate = fromArray(FLOATS, gates, from + 2 * stride);
      FloatVector sum = fromArray(FLOATS, gates, sums + 2 * stride + j);
      FloatVector h = fromArray(FLOATS, states, before + j);
      FloatVector dBefore = fromArray(FLOATS, gradient, gradientBefore + j);
      FloatVector dh = fromArray(FLOATS, dState, dStateOffset + j);
      FloatVector dCandidate = dh.mul(one.sub(update)).mul(candidate.neg().fma(candidate, one));
      FloatVector dReset = dCandidate.mul(sum).mul(reset.mul(one.sub(reset)));
      FloatVector dUpdate = dh.mul(h.sub(candidate)).mul(update.mul(one.sub(update)));
      int left = dGatesOffset + j;
      int right = dSums + j;
      dReset.intoArray(dGates, left);
      dUpdate.intoArray(dGates, left + stride);
      dCandidate.intoArray(dGates, left + 2 * stride);
      dReset.intoArray(dGates, right);
      dUpdate.intoArray(dGates, right + stride);
      dCandidate.mul(reset).intoArray(dGates, right + 2 * stride);
      dh.fma(update, dBefore).intoArray(dState, dStateOffset + j);
    }
  }
}
