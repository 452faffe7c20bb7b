package dev.descent.nn.loss;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a batch whose labels count, and for how much.
 *
 * @param rows {@code [n, classes]}
 * @param labels the right class of each
 */
record CountedRows(Tensor rows, Indices labels) {
  /**
   * Leaves out the rows whose label is the one to ignore: what is in them has no influence, be it
   * infinite or NaN.
   *
   * @param loss which loss it is for, in messages
   * @param what what the predictions are, in messages
   * @param predictions {@code [batch, classes]}
   */
  static CountedRows of(
      String loss, String what, Tensor predictions, Indices labels, OptionalInt ignored) {
    if (predictions.shape().rank() != 2 || predictions.shape().length(0) != labels.length()) {
      throw new ShapeException(
          loss,
          predictions.shape(),
          Shape.of(labels.length()),
          "expected " + what + " [batch, classes] and labels [batch]");
    }
    int[] counted =
        IntStream.range(0, labels.length())
            .filter(i -> ignored.isEmpty() || labels.get(i) != ignored.getAsInt())
            .toArray();
    int classes = predictions.shape().length(1);
    for (int i : counted) {
      if (labels.get(i) < 0 || labels.get(i) >= classes) {
        throw new IllegalArgumentException(
            "%s: label %d of example %d; expected 0 to %d"
                .formatted(loss, labels.get(i), i, classes - 1));
      }
    }
    return counted.length == labels.length()
        ? new CountedRows(predictions, labels)
        : new CountedRows(
            predictions.gatherRows(counted),
            Indices.of(IntStream.of(counted).map(labels::get).toArray()));
  }

  /** The weight of each row, {@code [n, 1]}: that of its label, 1 without weights. */
  Tensor weights(@Nullable Tensor classWeights) {
    Shape column = Shape.of(labels.length(), 1);
    return classWeights == null
        ? Tensor.ones(column)
        : classWeights.gatherRows(labels.toArray()).reshape(column);
  }

  /** Checks that there is a weight for each class. */
  static void check(String loss, Tensor predictions, @Nullable Tensor classWeights) {
    if (classWeights != null && classWeights.size() != predictions.shape().length(1)) {
      throw new ShapeException(
          loss, predictions.shape(), classWeights.shape(), "expected a weight for each class");
    }
  }

  /** Class weights as a tensor. */
  static Tensor classWeights(double[] weights) {
    float[] values = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      Check.notNegative("the weight of class " + i, weights[i]);
      values[i] = (float) weights[i];
    }
    return Tensor.of(Shape.of(values.length), values);
  }
}
