package dev.descent.core.op;

import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;

/** What sums and maxima over axes share: the walk from a tensor to its reduced form. */
final class Reduction {
  private Reduction() {}

  static Shape shape(Tensor input, Axes axes, boolean keepAxes) {
    return keepAxes ? axes.keptIn(input.shape()) : axes.removedFrom(input.shape());
  }

  /** All runs of the input beside the place in the result that each is reduced to. */
  static Walk walk(Tensor input, Axes axes) {
    Shape kept = axes.keptIn(input.shape());
    return new Walk(
        input.shape(), Walk.strides(input.shape()), Walk.broadcastStrides(kept, input.shape()));
  }
}
