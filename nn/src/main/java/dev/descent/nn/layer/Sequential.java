package dev.descent.nn.layer;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Layers one after another, each applied to the result of the one before. Parameters are named by
 * the layer's number, from 0: {@code 2.weight}.
 *
 * @param layers the layers, first to last
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Keeps a copy of the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** These layers one after another. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    Tensor result = input;
    for (int i = 0; i < layers.size(); i++) {
      result = layers.get(i).forward(result, pass.inner(Integer.toString(i)));
    }
    return result;
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    return joined(Layer::parameters);
  }

  @Override
  public SequencedMap<String, Tensor> buffers() {
    return joined(Layer::buffers);
  }

  /** The tensors of all layers, each name after the layer's number. */
  private <T extends Tensor> SequencedMap<String, T> joined(
      Function<Layer, SequencedMap<String, T>> tensors) {
    SequencedMap<String, T> all = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      String prefix = i + ".";
      tensors.apply(layers.get(i)).forEach((name, tensor) -> all.put(prefix + name, tensor));
    }
    return all;
  }
}
