package dev.descent.nn.layer;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a layer is made of, each part by its name: parameters, buffers, inner layers. The tensors of
 * an inner layer are named after it, joined with a dot, as in PyTorch's state dict.
 *
 * <pre>{@code
 * public Parts parts() {
 *   return new Parts().layer("encoder", encoder).parameter("scale", scale);
 * }
 * }</pre>
 */
public final class Parts {
  private final SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
  private final SequencedMap<String, Tensor> buffers = new LinkedHashMap<>();
  private final SequencedMap<String, Layer> layers = new LinkedHashMap<>();

  /** No parts yet. */
  public Parts() {}

  /**
   * Adds a parameter.
   *
   * @param parameter null, for a layer that goes without, adds nothing
   * @return this
   * @throws IllegalArgumentException if the name is taken, empty or has a dot
   */
  public Parts parameter(String name, @Nullable Parameter parameter) {
    if (parameter != null) {
      check(name);
      parameters.put(name, parameter);
    }
    return this;
  }

  /**
   * Adds what the layer remembers without learning it by gradients, such as a running mean.
   *
   * @return this
   * @throws IllegalArgumentException if the name is taken, empty or has a dot
   */
  public Parts buffer(String name, Tensor buffer) {
    check(name);
    buffers.put(name, buffer);
    return this;
  }

  /**
   * Adds an inner layer.
   *
   * @param layer null, for a layer that goes without, adds nothing
   * @return this
   * @throws IllegalArgumentException if the name is taken, empty or has a dot
   */
  public Parts layer(String name, @Nullable Layer layer) {
    if (layer != null) {
      check(name);
      layers.put(name, layer);
      layer.parameters().forEach((inner, each) -> parameters.put(name + "." + inner, each));
      layer.buffers().forEach((inner, each) -> buffers.put(name + "." + inner, each));
    }
    return this;
  }

  private void check(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new IllegalArgumentException(
          "a part is named \"%s\"; expected a name without dots".formatted(name));
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || layers.containsKey(name)) {
      throw new IllegalArgumentException("two parts are named \"%s\"".formatted(name));
    }
  }

  /** All parameters, those of inner layers among them, in the order in which they were added. */
  public SequencedMap<String, Parameter> parameters() {
    return Collections.unmodifiableSequencedMap(parameters);
  }

  /** All buffers, those of inner layers among them, in the order in which they were added. */
  public SequencedMap<String, Tensor> buffers() {
    return Collections.unmodifiableSequencedMap(buffers);
  }

  /** The inner layers, but not what is inside of them, in the order in which they were added. */
  public SequencedMap<String, Layer> layers() {
    return Collections.unmodifiableSequencedMap(layers);
  }
}
