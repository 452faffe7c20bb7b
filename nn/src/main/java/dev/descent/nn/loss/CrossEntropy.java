package dev.descent.nn.loss;

import dev.descent.core.op.SoftmaxCrossEntropy;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Tensor;

/**
 * The cross-entropy of classification: the mean of {@code -log softmax(logits)[label]}, in nats.
 * Predictions are logits {@code [batch, classes]}, without a softmax; targets are the right
 * classes.
 */
public record CrossEntropy() implements Loss<Indices> {
  @Override
  public Tensor of(Tensor logits, Indices labels) {
    return new SoftmaxCrossEntropy(logits, labels).evaluate();
  }
}
