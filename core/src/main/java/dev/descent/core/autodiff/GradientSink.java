package dev.descent.core.autodiff;

import dev.descent.core.tensor.Tensor;

/**
 * Takes the contributions that a backward pass makes to each tensor's gradient.
 *
 * <p>A contribution may have the shape that the input was broadcast to; the sink sums it back to
 * the input's own shape, the one place where that is done.
 */
public interface GradientSink {
  /**
   * Adds an operation's result to the gradient of an input. The operation is evaluated only if the
   * input needs a gradient, and directly into the gradient's memory where that is possible.
   */
  void add(Tensor input, Op contribution);

  /** Adds a tensor to the gradient of an input. */
  void add(Tensor input, Tensor contribution);

  /**
   * The result of an operation that a derivative takes on its way, in memory of the backward pass
   * where that is possible: to be read during this call of {@link Op#backward}, or handed on.
   */
  Tensor evaluate(Op operation);

  /**
   * An array for a derivative to compute in, with anything in it, from the same memory: to be used
   * during this call of {@link Op#backward}, or handed on as a tensor over all of it.
   */
  float[] array(int length);

  /** Whether the input needs a gradient: worth asking before several operations are evaluated. */
  boolean needs(Tensor input);

  /** Whether gradients are to be differentiated again, so that they must stay part of the graph. */
  boolean recorded();
}
