package dev.descent.core.tensor;

import dev.descent.core.autodiff.GradientMemory;
import dev.descent.core.autodiff.Op;
import dev.descent.core.op.ScatterAddRows;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that training changes: a leaf of the graph that gradients flow to. Its values are
 * overwritten by the optimizer; its gradient adds up over backward passes until it is cleared.
 *
 * <p>The gradient lives in one buffer for the parameter's whole life: clearing forgets the values
 * but keeps the memory, and the first contribution of the next pass overwrites instead of adding.
 *
 * <p>A large table of which a pass uses a few rows may ask for its gradient {@link #byRows}.
 */
public final class Parameter extends Tensor {
  private @Nullable Tensor buffer;
  private boolean hasGradient;
  private boolean trainable = true;
  private @Nullable RowGradient rows;
  private @Nullable RowGradient contributed;
  private @Nullable GradientMemory memory;

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
      memory = null;
    }
  }

  /**
   * Asks for the gradient of the rows that are used, and no others: for a table {@code [rows, ...]}
   * whose rows are looked up with {@link Tensor#gatherRows}, and that is used in no other way.
   * Clears the gradient.
   *
   * @return this parameter
   * @throws ShapeException if it has fewer than two axes
   */
  public Parameter byRows() {
    if (shape().rank() < 2) {
      throw new ShapeException("byRows", shape(), "expected a table [rows, ...]");
    }
    clearGradient();
    rows = new RowGradient(shape());
    contributed = new RowGradient(shape());
    return this;
  }

  /** Whether the gradient is one of the used rows only. */
  public boolean isByRows() {
    return rows != null;
  }

  /**
   * The sum of the gradients since the last clearing, of this parameter's shape; or null. Where the
   * gradient is {@link #byRows}, it is made from {@link #rowGradient}, for this call.
   */
  public @Nullable Tensor gradient() {
    if (!hasGradient) {
      return null;
    }
    return rows == null ? buffer : rows.toDense();
  }

  /** The sum of the gradients since the last clearing, of the rows used; null if there is none. */
  public @Nullable RowGradient rowGradient() {
    return hasGradient ? rows : null;
  }

  /** Forgets the gradient, so that the next backward pass starts from nothing. */
  public void clearGradient() {
    hasGradient = false;
    if (rows != null) {
      rows.clear();
    }
  }

  /**
   * Adds the value of an operation to the gradient. Called by the backward pass.
   *
   * @param contribution an operation whose result has this parameter's shape
   * @throws IllegalStateException if the gradient is {@link #byRows} and the operation is another
   *     one than {@link ScatterAddRows}
   */
  public void accumulateGradient(Op contribution) {
    if (rows != null && contributed != null) {
      accumulateRows(contribution, rows, contributed);
      return;
    }
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

  /** Sums of their own first, as operations have them: additions are in the same order then. */
  private void accumulateRows(Op contribution, RowGradient all, RowGradient own) {
    if (!(contribution instanceof ScatterAddRows some)) {
      throw new IllegalStateException(
          "a parameter of shape %s has its gradient by rows, but is used in another way than by"
                  .formatted(shape())
              + " gatherRows: %s gives all rows"
                  .formatted(contribution.getClass().getSimpleName()));
    }
    own.add(some);
    all.add(own);
    own.clear();
    hasGradient = true;
  }

  /** What the last backward pass to come here first has left; once. Called by the backward pass. */
  public @Nullable GradientMemory takeMemory() {
    GradientMemory left = memory;
    memory = null;
    return left;
  }

  /** Keeps memory for the next backward pass to come here first. Called by the backward pass. */
  public void leaveMemory(GradientMemory memory) {
    this.memory = memory;
  }

  @Override
  public boolean requiresGradient() {
    return trainable;
  }
}
