package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.RecurrentCells;

/** A step of recurrent cells as plain loops. */
public final class ReferenceRecurrentCells implements RecurrentCells {
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
    for (int j = 0; j < n; j++) {
      int at = gatesOffset + j;
      float i = ScalarMath.sigmoid(gates[at]);
      float f = ScalarMath.sigmoid(gates[at + stride]);
      float g = ScalarMath.tanh(gates[at + 2 * stride]);
      float o = ScalarMath.sigmoid(gates[at + 3 * stride]);
      gates[at] = i;
      gates[at + stride] = f;
      gates[at + 2 * stride] = g;
      gates[at + 3 * stride] = o;
      float c = Math.fma(f, states[cellBefore + j], i * g);
      states[cell + j] = c;
      states[hidden + j] = o * ScalarMath.tanh(c);
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
    for (int j = 0; j < n; j++) {
      int from = gatesOffset + j;
      float i = gates[from];
      float f = gates[from + stride];
      float g = gates[from + 2 * stride];
      float o = gates[from + 3 * stride];
      float t = ScalarMath.tanh(states[cell + j]);
      float dh = dState[dHidden + j];
      float dc = Math.fma(dh * o, Math.fma(-t, t, 1f), dState[dCell + j]);
      int to = dGatesOffset + j;
      dGates[to] = dc * g * (i * (1f - i));
      dGates[to + stride] = dc * states[cellBefore + j] * (f * (1f - f));
      dGates[to + 2 * stride] = dc * i * Math.fma(-g, g, 1f);
      dGates[to + 3 * stride] = dh * t * (o * (1f - o));
      dState[dCell + j] = Math.fma(dc, f, gradient[gradientBefore + j]);
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
    for (int j = 0; j < n; j++) {
      int a = gatesOffset + j;
      int b = sums + j;
      float r = ScalarMath.sigmoid(gates[a] + gates[b]);
      float z = ScalarMath.sigmoid(gates[a + stride] + gates[b + stride]);
      float candidate = ScalarMath.tanh(Math.fma(r, gates[b + 2 * stride], gates[a + 2 * stride]));
      gates[a] = r;
      gates[a + stride] = z;
      gates[a + 2 * stride] = candidate;
      states[after + j] = Math.fma(z, states[before + j] - candidate, candidate);
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
    for (int j = 0; j < n; j++) {
      int from = gatesOffset + j;
      float r = gates[from];
      float z = gates[from + stride];
      float candidate = gates[from + 2 * stride];
      float dh = dState[dStateOffset + j];
      float dCandidate = dh * (1f - z) * Math.fma(-candidate, candidate, 1f);
      float dReset = dCandidate * gates[sums + 2 * stride + j] * (r * (1f - r));
      float dUpdate = dh * (states[before + j] - candidate) * (z * (1f - z));
      int a = dGatesOffset + j;
      int b = dSums + j;
      dGates[a] = dReset;
      dGates[a + stride] = dUpdate;
      dGates[a + 2 * stride] = dCandidate;
      dGates[b] = dReset;
      dGates[b + stride] = dUpdate;
      dGates[b + 2 * stride] = dCandidate * r;
      dState[dStateOffset + j] = Math.fma(dh, z, gradient[gradientBefore + j]);
    }
  }
}
