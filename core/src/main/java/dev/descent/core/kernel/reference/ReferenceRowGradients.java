package dev.descent.core.kernel.reference;

import static dev.descent.core.kernel.Reductions.VIRTUAL_LANES;

import dev.descent.core.kernel.RowGradients;

/** The derivatives of rows as plain loops. */
public final class ReferenceRowGradients implements RowGradients {
  @Override
  public float dot(float[] x, int offset, float center, float[] g, int gOffset, int n) {
    float[] lanes = new float[VIRTUAL_LANES];
    for (int i = 0; i < n; i++) {
      int lane = i % VIRTUAL_LANES;
      lanes[lane] = Math.fma(x[offset + i] - center, g[gOffset + i], lanes[lane]);
    }
    return ReferenceReductions.fold(lanes, n);
  }

  @Override
  public void softmax(
      float[] y,
      int offset,
      float[] dy,
      int dyOffset,
      float dot,
      float[] out,
      int outOffset,
      int n) {
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = y[offset + i] * (dy[dyOffset + i] - dot);
    }
  }

  @Override
  public void normalization(
      float[] x,
      int offset,
      float mean,
      float slope,
      float[] g,
      int gOffset,
      float shift,
      float scale,
      float[] out,
      int outOffset,
      int n) {
    for (int i = 0; i < n; i++) {
      float centered = g[gOffset + i] - shift;
      out[outOffset + i] = Math.fma(mean - x[offset + i], slope, centered) * scale;
    }
  }

  @Override
  public void weight(
      float[] x,
      int offset,
      float mean,
      float scale,
      float[] dy,
      int dyOffset,
      float[] dw,
      int dwOffset,
      int n) {
    for (int i = 0; i < n; i++) {
      float standard = (x[offset + i] - mean) * scale;
      dw[dwOffset + i] = Math.fma(dy[dyOffset + i], standard, dw[dwOffset + i]);
    }
  }
}
