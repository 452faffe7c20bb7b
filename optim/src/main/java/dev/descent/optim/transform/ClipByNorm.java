package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.setting.Check;

/**
 * Shortens the gradient of each parameter whose norm is above a limit. Its direction stays.
 *
 * <pre>
 * g = g limit / |g|        if |g| &gt; limit; |g| over the coordinates of one parameter
 * </pre>
 *
 * <p><b>Source.</b> R. Pascanu, T. Mikolov and Y. Bengio, "On the Difficulty of Training Recurrent
 * Neural Networks", arXiv 1211.5063 (ICML 2013), algorithm 1, for each parameter by itself. Keras's
 * {@code clipnorm}. It changes the proportions between parameters; {@link ClipByGlobalNorm}, which
 * the paper means, does not.
 *
 * <p>A gradient with a coordinate that is infinite or NaN is left as it is, and so shows; see
 * {@link FailOnNonFinite}.
 *
 * @param limit the largest norm; finite, greater than zero
 */
public record ClipByNorm(double limit) implements GradientTransform.OfEach {
  /** Checks the range. */
  public ClipByNorm {
    Check.positive("limit", limit);
  }

  @Override
  public void transform(Gradient gradient) {
    double factor = Clipping.factor(gradient.norm(), limit);
    if (factor < 1) {
      gradient.scale(factor);
    }
  }
}
