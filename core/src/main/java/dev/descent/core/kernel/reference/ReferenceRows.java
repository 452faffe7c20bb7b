package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Reductions;
import dev.descent.core.kernel.Rows;

/** Softmax and its logarithm as plain loops. */
public final class ReferenceRows implements Rows {
  private static final Reductions REDUCTIONS = new ReferenceReductions();

  @Override
  public void softmax(float[] x, int offset, float[] out, int outOffset, int n) {
    float greatest = REDUCTIONS.max(x, offset, n);
    float scale = 1 / exponentials(x, offset, greatest, out, outOffset, n);
    for (int i = 0; i < n; i++) {
      out[outOffset + i] *= scale;
    }
  }

  @Override
  public void logSoftmax(float[] x, int offset, float[] out, int outOffset, int n) {
    float greatest = REDUCTIONS.max(x, offset, n);
    float log = ScalarMath.log(exponentials(x, offset, greatest, out, outOffset, n));
    for (int i = 0; i < n; i++) {
      out[outOffset + i] = x[offset + i] - greatest - log;
    }
  }

  private static float exponentials(
      float[] x, int offset, float greatest, float[] out, int outOffset, int n) {
    for (int i = 0; i < n; i++) {
      float difference = x[offset + i] - greatest;
      out[outOffset + i] = difference < -ScalarMath.EXP_ORDINARY ? 0f : ScalarMath.exp(difference);
    }
    return REDUCTIONS.sum(out, outOffset, n);
  }
}
