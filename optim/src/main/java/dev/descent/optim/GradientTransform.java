package dev.descent.optim;

/**
 * Changes gradients before the rule sees them: clipping, penalties, noise. Those of this project
 * are in {@link dev.descent.optim.transform}; one of your own is a few lines:
 *
 * <pre>{@code
 * record Reverse() implements GradientTransform.OfEach {
 *   public void transform(Gradient gradient) {
 *     gradient.scale(-1);
 *   }
 * }
 * }</pre>
 *
 * <p>Transforms act in the order in which an optimizer is given them, each on what the one before
 * has left. The gradients that the parameters hold stay as they are: what changes is a copy.
 * Parameters that are frozen are left out.
 */
public non-sealed interface GradientTransform extends Stage {
  /**
   * Changes the gradients of a step. Called once a step, and by {@link Optimizer#gradients}: what
   * it does depends on its arguments alone.
   *
   * @param gradients of all trainable parameters within the {@link #mask}
   * @throws IllegalStateException to have no step; nothing has moved then
   */
  void transform(Gradients gradients);

  /** Which parameters it sees; all, unless overridden. See {@link #where}. */
  default Mask mask() {
    return Mask.ALL;
  }

  /**
   * This transform on some parameters only. The others are to it as if they were not there: they
   * count in no global norm.
   */
  default GradientTransform where(Mask mask) {
    return new Masked(this, mask);
  }

  /** A transform that treats each parameter for itself. */
  interface OfEach extends GradientTransform {
    /** Changes the gradient of one parameter. */
    void transform(Gradient gradient);

    @Override
    default void transform(Gradients gradients) {
      for (int i = 0; i < gradients.count(); i++) {
        transform(gradients.get(i));
      }
    }
  }

  /**
   * A transform on some parameters only.
   *
   * @param all what to do
   * @param where on which of the parameters that it sees
   */
  record Masked(GradientTransform all, Mask where) implements GradientTransform {
    @Override
    public void transform(Gradients gradients) {
      all.transform(gradients);
    }

    @Override
    public Mask mask() {
      return all.mask().and(where);
    }
  }
}
