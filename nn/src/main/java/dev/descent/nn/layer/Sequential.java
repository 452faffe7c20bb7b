package dev.descent.nn.layer;

import dev.descent.core.tensor.Tensor;
import java.util.List;

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
      result = pass.apply(Integer.toString(i), layers.get(i), result);
    }
    return result;
  }

  @Override
  public Parts parts() {
    Parts parts = new Parts();
    for (int i = 0; i < layers.size(); i++) {
      parts.layer(Integer.toString(i), layers.get(i));
    }
    return parts;
  }
}
