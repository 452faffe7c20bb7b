package dev.descent.nn.layer;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A function of a tensor with parameters that training changes. Models are layers of layers. */
public interface Layer {
  /**
   * Applies the layer.
   *
   * @param input {@code [batch, ...]}
   * @param pass whether this is training, and where chance comes from
   */
  Tensor forward(Tensor input, Pass pass);

  /** Applies the layer as in evaluation: nothing is dropped, nothing is random. */
  default Tensor forward(Tensor input) {
    return forward(input, Pass.EVALUATION);
  }

  /**
   * The parameters by name, in a fixed order; names of inner layers are joined with dots, as in
   * PyTorch's state dict: {@code 0.weight}, {@code 0.bias}. A layer without parameters need not say
   * so.
   */
  default SequencedMap<String, Parameter> parameters() {
    return new LinkedHashMap<>();
  }

  /**
   * What the layer remembers from training without learning it by gradients, such as running means,
   * by name as {@link #parameters}. Their elements change in place. A layer without such need not
   * say so.
   */
  default SequencedMap<String, Tensor> buffers() {
    return new LinkedHashMap<>();
  }
}
