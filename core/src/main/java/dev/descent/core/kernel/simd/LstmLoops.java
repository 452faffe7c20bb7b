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
 * The loops of LSTM cells, each a single pass: sigmoid and hyperbolic tangent as {@link VectorMath}
 * has them, but spelled out. The compiler stops inlining calls of ours, even of the smallest, after
 * two functions or so, and makes objects of their vectors from there on: four times as slow.
 */
final class LstmLoops {
  private static final RecurrentCells PLAIN = new ReferenceRecurrentCells();

  private LstmLoops() {}

  /** {@link RecurrentCells#lstm} for a number of cells that fills vectors. */
  static void forward(
      float[] gates,
      int gatesOffset,
      int stride,
      float[] states,
      int cellBefore,
      int cell,
      int hidden,
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
      int at = gatesOffset + j;
      FloatVector sumI = fromArray(FLOATS, gates, at);
      FloatVector sumF = fromArray(FLOATS, gates, at + stride);
      FloatVector sumG = fromArray(FLOATS, gates, at + 2 * stride);
      FloatVector sumO = fromArray(FLOATS, gates, at + 3 * stride);
      if (sumI.lanewise(ABS)
          .compare(GT, EXP_ORDINARY)
          .or(sumF.lanewise(ABS).compare(GT, EXP_ORDINARY))
          .or(sumO.lanewise(ABS).compare(GT, EXP_ORDINARY))
          .anyTrue()) {
        PLAIN.lstm(gates, at, stride, states, cellBefore + j, cell + j, hidden + j, LANES);
        continue;
      }
      FloatVector z = sumI.neg();
      FloatVector rounded = z.fma(log2E, rounder);
      FloatVector k = rounded.sub(ROUNDER);
      FloatVector r = k.fma(low, k.fma(high, z));
      FloatVector q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      FloatVector power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector i = one.div(q.fma(r, one).fma(r, one).mul(power).add(1f));
      z = sumF.neg();
      rounded = z.fma(log2E, rounder);
      k = rounded.sub(ROUNDER);
      r = k.fma(low, k.fma(high, z));
      q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector f = one.div(q.fma(r, one).fma(r, one).mul(power).add(1f));
      z = sumO.neg();
      rounded = z.fma(log2E, rounder);
      k = rounded.sub(ROUNDER);
      r = k.fma(low, k.fma(high, z));
      q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector o = one.div(q.fma(r, one).fma(r, one).mul(power).add(1f));
      FloatVector a = sumG.lanewise(ABS);
      z = a.blend(TANH_MAX, a.compare(GT, TANH_MAX)).mul(-2f);
      rounded = z.fma(log2E, rounder);
      k = rounded.sub(ROUNDER);
      r = k.fma(low, k.fma(high, z));
      q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector half = power.fma(q.fma(r.mul(r), r), power.sub(1f)).mul(-0.5f);
      FloatVector magnitude = half.fma(half.div(one.sub(half)), half);
      FloatVector g =
          magnitude
              .reinterpretAsInts()
              .and(0x7fffffff)
              .or(sumG.reinterpretAsInts().and(0x80000000))
              .reinterpretAsFloats();
      FloatVector c = f.fma(fromArray(FLOATS, states, cellBefore + j), i.mul(g));
      a = c.lanewise(ABS);
      z = a.blend(TANH_MAX, a.compare(GT, TANH_MAX)).mul(-2f);
      rounded = z.fma(log2E, rounder);
      k = rounded.sub(ROUNDER);
      r = k.fma(low, k.fma(high, z));
      q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      half = power.fma(q.fma(r.mul(r), r), power.sub(1f)).mul(-0.5f);
      magnitude = half.fma(half.div(one.sub(half)), half);
      FloatVector t =
          magnitude
              .reinterpretAsInts()
              .and(0x7fffffff)
              .or(c.reinterpretAsInts().and(0x80000000))
              .reinterpretAsFloats();
      i.intoArray(gates, at);
      f.intoArray(gates, at + stride);
      g.intoArray(gates, at + 2 * stride);
      o.intoArray(gates, at + 3 * stride);
      c.intoArray(states, cell + j);
      o.mul(t).intoArray(states, hidden + j);
    }
  }

  /** {@link RecurrentCells#lstmGradient} for a number of cells that fills vectors. */
  static void backward(
      float[] gates,
      int gatesOffset,
      int stride,
      float[] states,
      int cellBefore,
      int cell,
      float[] gradient,
      int gradientBefore,
      float[] dState,
      int dCell,
      int dHidden,
      float[] dGates,
      int dGatesOffset,
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
      FloatVector c = fromArray(FLOATS, states, cell + j);
      FloatVector a = c.lanewise(ABS);
      FloatVector z = a.blend(TANH_MAX, a.compare(GT, TANH_MAX)).mul(-2f);
      FloatVector rounded = z.fma(log2E, rounder);
      FloatVector k = rounded.sub(ROUNDER);
      FloatVector r = k.fma(low, k.fma(high, z));
      FloatVector q = e4.fma(r, e3).fma(r, e2).fma(r, e1).fma(r, e0);
      FloatVector power = rounded.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector half = power.fma(q.fma(r.mul(r), r), power.sub(1f)).mul(-0.5f);
      FloatVector magnitude = half.fma(half.div(one.sub(half)), half);
      FloatVector t =
          magnitude
              .reinterpretAsInts()
              .and(0x7fffffff)
              .or(c.reinterpretAsInts().and(0x80000000))
              .reinterpretAsFloats();
      int from = gatesOffset + j;
      FloatVector i = fromArray(FLOATS, gates, from);
      FloatVector f = fromArray(FLOATS, gates, from + stride);
      FloatVector g = fromArray(FLOATS, gates, from + 2 * stride);
      FloatVector o = fromArray(FLOATS, gates, from + 3 * stride);
      FloatVector before = fromArray(FLOATS, states, cellBefore + j);
      FloatVector dBefore = fromArray(FLOATS, gradient, gradientBefore + j);
      FloatVector dh = fromArray(FLOATS, dState, dHidden + j);
      FloatVector dc = fromArray(FLOATS, dState, dCell + j);
      dc = dh.mul(o).fma(t.neg().fma(t, one), dc);
      int to = dGatesOffset + j;
      dc.mul(g).mul(i.mul(one.sub(i))).intoArray(dGates, to);
      dc.mul(before).mul(f.mul(one.sub(f))).intoArray(dGates, to + stride);
      dc.mul(i).mul(g.neg().fma(g, one)).intoArray(dGates, to + 2 * stride);
      dh.mul(t).mul(o.mul(one.sub(o))).intoArray(dGates, to + 3 * stride);
      dc.fma(f, dBefore).intoArray(dState, dCell + j);
    }
  }
}
