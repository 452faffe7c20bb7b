package dev.descent.nn.layer;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.SequencedMap;

/**
 * A function of a tensor with parameters that training changes. Models are layers of layers.
 *
 * <p>A layer of your own says what it is made of and how its parts work together:
 *
 * <pre>{@code
 * record Bottleneck(Linear down, Linear up) implements Layer {
 *   public Tensor forward(Tensor input, Pass pass) {
 *     Tensor narrow = pass.apply("down", down, input).relu();
 *     return pass.apply("up", up, narrow).plus(input);
 *   }
 *
 *   public Parts parts() {
 *     return new Parts().layer("down", down).layer("up", up);
 *   }
 * }
 * }</pre>
 */
public interface Layer {
  /**
   * Applies the layer.
   *
   * @param input {@code [batch, ...]}
   * @param pass whether this is training, and where chance comes from; inner layers are applied
   *     with {@link Pass#apply}
   */
  Tensor forward(Tensor input, Pass pass);

  /** Applies the layer as in evaluation: nothing is dropped, nothing is random. */
  default Tensor forward(Tensor input) {
    return forward(input, Pass.EVALUATION);
  }

  /** What the layer is made of. A layer without parameters need not say so. */
  default Parts parts() {
    return new Parts();
  }

  /**
   * The parameters by name, in a fixed order; names of inner layers are joined with dots, as in
   * PyTorch's state dict: {@code 0.weight}, {@code 0.bias}.
   */
  default SequencedMap<String, Parameter> parameters() {
    return parts().parameters();
  }

  /** How many numbers all parameters have together, frozen ones included. */
  default int parameterCount() {
    return parameters().values().stream().mapToInt(Parameter::size).sum();
  }

  /**
   * What the layer remembers from training without learning it by gradients, such as running means,
   * by name as {@link #parameters}. Their elements change in place.
   */
  default SequencedMap<String, Tensor> buffers() {
    return parts().buffers();
  }

  /**
   * Freezes all parameters: nothing is computed for them in a backward pass, and optimizers leave
   * them as they are. A frozen {@link BatchNorm} also keeps its running moments, and uses them.
   */
  default void freeze() {
    parameters().values().forEach(parameter -> parameter.trainable(false));
  }

  /** Lets all parameters train again. */
  default void unfreeze() {
    parameters().values().forEach(parameter -> parameter.trainable(true));
  }

  /**
   * The layers with their output shapes and parameter counts, as a table to print.
   *
   * @param input the shape of an input, {@code [batch, ...]}; the layer is applied to zeros of it
   */
  default Summary summary(Shape input) {
    return Summary.of(this, input);
  }
}
