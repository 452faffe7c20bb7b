package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.setting.Check;

/**
 * Cuts every coordinate of a gradient off at a limit. This may turn the gradient.
 *
 * <pre>
 * g = min(max(g, -limit), limit)
 * </pre>
 *
 * <p><b>Source.</b> Common practice; T. Mikolov, "Statistical Language Models Based on Neural
 * Networks" (PhD thesis, Brno 2012), section 3.3. PyTorch's {@code clip_grad_value_}, Keras's
 * {@code clipvalue}.
 *
 * <p>Infinity is cut off like any large number, NaN stays NaN. {@link FailOnNonFinite} before it
 * lets neither pass.
 *
 * @param limit the largest magnitude; finite, greater than zero
 */
public record ClipByValue(double limit) implements GradientTransform.OfEach {
  /** Checks the range. */
  public ClipByValue {
    Check.positive("limit", limit);
  }

  @Override
  public void transform(Gradient gradient) {
    float most = Clipping.float32(limit);
    float[] from = gradient.array();
    int at = gradient.offset();
    float[] to = gradient.replace();
    for (int i = 0; i < gradient.size(); i++) {
      to[i] = Math.min(Math.max(from[at + i], -most), most);
    }
  }
}
