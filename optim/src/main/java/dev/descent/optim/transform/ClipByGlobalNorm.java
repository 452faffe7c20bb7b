package dev.descent.optim.transform;

import dev.descent.optim.GradientTransform;
import dev.descent.optim.Gradients;
import dev.descent.optim.setting.Check;

/**
 * Shortens the gradient of all parameters together if its norm is above a limit. Its direction, and
 * with it the proportions between parameters, stay.
 *
 * <pre>
 * g = g limit / |g|        if |g| &gt; limit; |g| over the coordinates of all parameters
 * </pre>
 *
 * <p><b>Source.</b> R. Pascanu, T. Mikolov and Y. Bengio, "On the Difficulty of Training Recurrent
 * Neural Networks", arXiv 1211.5063 (ICML 2013), algorithm 1.
 *
 * <p><b>The factor is limit / |g|</b>, as in the paper, in Keras ({@code global_clipnorm}) and
 * optax. PyTorch's {@code clip_grad_norm_} multiplies by {@code limit / (|g| + 1e-6)}, which leaves
 * the gradient shorter than the limit: by a thousandth where |g| is a thousandth.
 *
 * <p>Gradients of which a coordinate is infinite or NaN are left as they are, and so show; see
 * {@link FailOnNonFinite}. Gradients of ordinary length cost a pass that only reads.
 *
 * @param limit the largest norm; finite, greater than zero
 */
public record ClipByGlobalNorm(double limit) implements GradientTransform {
  /** Checks the range. */
  public ClipByGlobalNorm {
    Check.positive("limit", limit);
  }

  @Override
  public void transform(Gradients gradients) {
    double factor = Clipping.factor(gradients.norm(), limit);
    if (factor < 1) {
      for (int i = 0; i < gradients.count(); i++) {
        gradients.get(i).scale(factor);
      }
    }
  }
}
