package dev.descent.nn.layer;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.nn.init.Initializer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of one layer of recurrent cells, as PyTorch stores them: the rows of one gate
 * after those of another.
 *
 * @param weightInput {@code [gates hidden, in]}
 * @param weightHidden {@code [gates hidden, hidden]}
 * @param biasInput {@code [gates hidden]}
 * @param biasHidden {@code [gates hidden]}
 */
public record RecurrentWeights(
    Parameter weightInput, Parameter weightHidden, Parameter biasInput, Parameter biasHidden) {
  /**
   * Layers one on top of another that start as PyTorch's do, uniform in {@code ±1 / sqrt(hidden)}.
   *
   * @throws IllegalArgumentException if a number is not positive
   */
  static List<RecurrentWeights> of(
      String name, int gates, int in, int hidden, int layers, RandomStream random) {
    if (in < 1 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "%s from %d to %d in %d layers; expected at least 1 of each"
              .formatted(name, in, hidden, layers));
    }
    List<RecurrentWeights> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      int rows = gates * hidden;
      all.add(
          new RecurrentWeights(
              uniform(Shape.of(rows, layer == 0 ? in : hidden), hidden, random),
              uniform(Shape.of(rows, hidden), hidden, random),
              uniform(Shape.of(rows), hidden, random),
              uniform(Shape.of(rows), hidden, random)));
    }
    return all;
  }

  private static Parameter uniform(Shape shape, int hidden, RandomStream random) {
    return Parameter.of(Initializer.pytorch().initialize(shape, hidden, hidden, random));
  }

  /** The number of cells. */
  int hidden() {
    return weightHidden.shape().length(1);
  }

  /** The parameters of all layers by PyTorch's names: {@code weight_ih_l0} and so on. */
  static Parts parts(List<RecurrentWeights> layers) {
    Parts parts = new Parts();
    for (int i = 0; i < layers.size(); i++) {
      RecurrentWeights layer = layers.get(i);
      parts.parameter("weight_ih_l" + i, layer.weightInput());
      parts.parameter("weight_hh_l" + i, layer.weightHidden());
      parts.parameter("bias_ih_l" + i, layer.biasInput());
      parts.parameter("bias_hh_l" + i, layer.biasHidden());
    }
    return parts;
  }
}
