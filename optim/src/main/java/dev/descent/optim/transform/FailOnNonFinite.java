package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.Gradients;

/**
 * Ends a step with an error if a gradient is infinite or NaN; nothing has moved then. Without it
 * such a gradient makes its coordinate infinite or NaN, for good. PyTorch's {@code
 * clip_grad_norm_(error_if_nonfinite=True)}.
 */
public record FailOnNonFinite() implements GradientTransform {
  /**
   * Looks at all gradients and leaves them as they are.
   *
   * @throws IllegalStateException if an element is infinite or NaN
   */
  @Override
  public void transform(Gradients gradients) {
    for (int i = 0; i < gradients.count(); i++) {
      Gradient gradient = gradients.get(i);
      int found = gradient.firstNonFinite();
      if (found >= 0) {
        throw new IllegalStateException(
            "the gradient of %s is %s at element %d in step %d; expected finite numbers"
                .formatted(
                    gradient.name(),
                    gradient.array()[gradient.offset() + found],
                    found,
                    gradients.step()));
      }
    }
  }
}
