package dev.descent.core.tensor;

import dev.descent.core.autodiff.Op;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that training changes: a leaf of the graph that gradients flow to. Its values are
 * overwritten by the optimizer; its gradient adds up over backward passes until it is cleared.
 *
 * <p>The gradient lives in one buffer for the parameter's whole life: clearing forgets the values
 * but keeps the memory, and the first contribution of the next pass overwrites instead of adding.
 */
public final class Parameter extends Tensor {
  private @Nullable Tensor buffer;
  private boolean hasGradient;
  private boolean trainable = true;

  private Parameter(Shape shape, float[] values) {
    super(shape, values, 0, null);
  }

  /**
   * A trainable parameter with these values.
   *
   * @param values the values to start from, wrapped, not copied
   * @throws IllegalArgumentException if there are not as many values as the shape has elements
   */
  public static Parameter of(Shape shape, float... values) {
    return new Parameter(shape, checkedLength(shape, values));
  }

  /** A trainable parameter that starts from a copy of the tensor's values. */
  public static Parameter of(Tensor initial) {
    return new Parameter(initial.shape(), initial.toArray());
  }

  /** Whether backward passes compute a gradient for this parameter; true unless frozen. */
  public boolean trainable() {
    return trainable;
  }

  /** Freezes the parameter (false) or lets it train again (true). Freezing clears the gradient. */
  public void trainable(boolean trainable) {
    this.trainable = trainable;
    if (!trainable) {
      clearGradient();
    }
  }

  /** The sum of the gradients since the last clearing, of this parameter's shape; or null. */
  public @Nullable Tensor gradient() {
    return hasGradient ? buffer : null;
  }

  /** Forgets the gradient, so that the next backward pass starts from nothing. */
  public void clearGradient() {
    hasGradient = false;
  }

  /**
   * Adds the value of an operation to the gradient. Called by the backward pass.
   *
   * @param contribution an operation whose result has this parameter's shape
   */
  public void accumulateGradient(Op contribution) {
    if (buffer == null) {
      buffer = Tensor.zeros(shape());
    }
    if (hasGradient) {
      buffer.add(contribution.evaluate());
    } else {
      contribution.forward(buffer.array(), buffer.offset());
      hasGradient = true;
    }
  }

  @Override
  public boolean requiresGradient() {
    return trainable;
  }
}
