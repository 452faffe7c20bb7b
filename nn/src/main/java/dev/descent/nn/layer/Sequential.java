package dev.descent.nn.layer;

import dev.descent.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers one after another, each applied to the result of the one before. Parameters are named by
 * the layer's number, from 0: {@code 2.weight}.
 *
 * <p>Where nobody observes the pass, a rectifier is applied by the layer before it, or by the
 * pooling after it; not a bit is different.
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
    int next = 0;
    while (next < layers.size()) {
      Rectifiable rectifiable = pass.isObserved() ? null : rectifiable(next);
      if (rectifiable == null) {
        result = pass.apply(Integer.toString(next), layers.get(next), result);
        next++;
      } else {
        result = rectifiable.rectified(result);
        next += 2;
      }
    }
    return result;
  }

  /**
   * The layer that does what the next two do, if it is one of them and the other a rectifier. A
   * rectifier in front of a pooling waits for it, {@code max(relu(x)) = relu(max(x))}, and then has
   * less to do; so does its gradient, which is zero wherever an order of the two could be noticed.
   */
  private @Nullable Rectifiable rectifiable(int next) {
    Layer first = at(next);
    Layer second = at(next + 1);
    if (first == Activation.RELU) {
      return second instanceof MaxPool2d pooling && !pooling.isPadded() ? pooling : null;
    }
    boolean waits = at(next + 2) instanceof MaxPool2d pooling && !pooling.isPadded();
    return second == Activation.RELU && !waits && first instanceof Rectifiable layer ? layer : null;
  }

  private @Nullable Layer at(int place) {
    return place < layers.size() ? layers.get(place) : null;
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
