package dev.descent.optim.transform;

import dev.descent.optim.GradientTransform;
import dev.descent.optim.Gradients;
import dev.descent.optim.setting.Check;

/**
 * Leaves a step out if a gradient is infinite or NaN: nothing moves or decays, no moment changes,
 * the schedule stays where it is, and {@link dev.descent.optim.Optimizer#stepsSkipped} counts it.
 * What PyTorch's {@code GradScaler} and optax's {@code apply_if_finite} do.
 *
 * <p>A training in which every step is skipped is no training, so after some in a row the next one
 * is an error, that of {@link FailOnNonFinite}.
 *
 * @param mostInARow how many steps in a row may be left out; 1 or more
 */
public record SkipNonFinite(long mostInARow) implements GradientTransform {
  private static final FailOnNonFinite FAIL = new FailOnNonFinite();

  /** Checks the range. */
  public SkipNonFinite {
    Check.steps("mostInARow", mostInARow);
  }

  /**
   * Looks at all gradients and leaves them as they are.
   *
   * @throws IllegalStateException if an element is infinite or NaN and as many steps as may have
   *     been left out already
   */
  @Override
  public void transform(Gradients gradients) {
    if (!Double.isFinite(gradients.norm())) {
      if (gradients.skippedInARow() >= mostInARow) {
        FAIL.transform(gradients);
      }
      gradients.skipStep();
    }
  }
}
