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

  /** Whether the input needs a gradient: worth asking before several operations are evaluated. */
  boolean needs(Tensor input);

  /** Whether gradients are to be differentiated again, so that they must stay part of the graph. */
  boolean recorded();
}
