package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;

import dev.descent.core.kernel.RecurrentCells;
import dev.descent.core.kernel.reference.ReferenceRecurrentCells;

/**
 * A step of recurrent cells, a vector of them at a time; what is left at the end goes through the
 * plain loops, and so do vectors with a sum whose exponential is no normal number.
 */
public final class SimdRecurrentCells implements RecurrentCells {
  private static final RecurrentCells PLAIN = new ReferenceRecurrentCells();

  @Override
  public void lstm(
      float[] gates,
      int gatesOffset,
      int stride,
      float[] states,
      int cellBefore,
      int cell,
      int hidden,
      int n) {
    int end = FLOATS.loopBound(n);
    LstmLoops.forward(gates, gatesOffset, stride, states, cellBefore, cell, hidden, end);
    if (end < n) {
      PLAIN.lstm(
          gates,
          gatesOffset + end,
          stride,
          states,
          cellBefore + end,
          cell + end,
          hidden + end,
          n - end);
    }
  }

  @Override
  public void lstmGradient(
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
      int n) {
    int end = FLOATS.loopBound(n);
    LstmLoops.backward(
        gates,
        gatesOffset,
        stride,
        states,
        cellBefore,
        cell,
        gradient,
        gradientBefore,
        dState,
        dCell,
        dHidden,
        dGates,
        dGatesOffset,
        end);
    if (end < n) {
      PLAIN.lstmGradient(
          gates,
          gatesOffset + end,
          stride,
          states,
          cellBefore + end,
          cell + end,
          gradient,
          gradientBefore + end,
          dState,
          dCell + end,
          dHidden + end,
          dGates,
          dGatesOffset + end,
          n - end);
    }
  }

  @Override
  public void gru(
      float[] gates,
      int gatesOffset,
      int sums,
      int stride,
      float[] states,
      int before,
      int after,
      int n) {
    int end = FLOATS.loopBound(n);
    GruLoops.forward(gates, gatesOffset, sums, stride, states, before, after, end);
    if (end < n) {
      PLAIN.gru(
          gates, gatesOffset + end, sums + end, stride, states, before + end, after + end, n - end);
    }
  }

  @Override
  public void gruGradient(
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
      int n) {
    int end = FLOATS.loopBound(n);
    GruLoops.backward(
        gates,
        gatesOffset,
        sums,
        stride,
        states,
        before,
        gradient,
        gradientBefore,
        dState,
        dStateOffset,
        dGates,
        dGatesOffset,
        dSums,
        end);
    if (end < n) {
      PLAIN.gruGradient(
          gates,
          gatesOffset + end,
          sums + end,
          stride,
          states,
          before + end,
          gradient,
          gradientBefore + end,
          dState,
          dStateOffset + end,
          dGates,
          dGatesOffset + end,
          dSums + end,
          n - end);
    }
  }
}
