package dev.descent.nn.train;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.loss.Loss;
import dev.descent.nn.metric.ConfusionMatrix;

/**
 * How a classifier does on data that it does not learn from.
 *
 * @param loss the mean loss over all examples; NaN if there are none
 * @param confusion how often each class was taken for each other one
 */
public record Evaluation(double loss, ConfusionMatrix confusion) {
  private static final int BATCH_SIZE = 500;

  /**
   * Evaluates a classifier.
   *
   * @param model gives logits {@code [batch, classes]}
   * @param loss what the logits and labels are compared by
   * @param data the examples
   */
  public static Evaluation of(Layer model, Loss<Indices> loss, Dataset data) {
    ConfusionMatrix confusion = new ConfusionMatrix(data.classes());
    double total = 0;
    for (Batch batch : DataLoader.inOrder(data, BATCH_SIZE).epoch(0)) {
      Tensor logits = model.forward(batch.inputs());
      confusion.add(logits, batch.labels());
      total += (double) loss.of(logits, batch.labels()).item() * batch.size();
    }
    return new Evaluation(total / data.size(), confusion);
  }

  /** The part of all examples that was predicted right, 0 to 1; NaN if there are none. */
  public double accuracy() {
    return confusion.accuracy();
  }
}
