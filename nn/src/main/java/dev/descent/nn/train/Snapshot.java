package dev.descent.nn.train;

import dev.descent.core.tensor.Tensor;
import dev.descent.nn.layer.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's parameters and buffers at one moment, copied in memory: what it takes to bring the
 * model back there.
 */
public final class Snapshot {
  private final List<Tensor> tensors;
  private final List<float[]> values;

  private Snapshot(List<Tensor> tensors) {
    this.tensors = tensors;
    values = tensors.stream().map(Tensor::toArray).toList();
  }

  /** The model as it is now. */
  public static Snapshot of(Layer model) {
    List<Tensor> tensors = new ArrayList<>(model.parameters().values());
    tensors.addAll(model.buffers().values());
    return new Snapshot(tensors);
  }

  /** Makes the model what it was. What an optimizer remembers stays as it is. */
  public void restore() {
    for (int i = 0; i < values.size(); i++) {
      Tensor tensor = tensors.get(i);
      System.arraycopy(values.get(i), 0, tensor.array(), tensor.offset(), tensor.size());
    }
  }
}
