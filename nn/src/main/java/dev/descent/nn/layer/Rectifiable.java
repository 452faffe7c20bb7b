package dev.descent.nn.layer;

import dev.descent.core.op.Rectified;
import dev.descent.core.tensor.Tensor;

/** A layer that {@link Activation#RELU} may follow without an array in between. */
interface Rectifiable extends Layer {
  /** {@link Rectified} of what the layer makes: the same bits as those of one after the other. */
  Tensor rectified(Tensor input);
}
