package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * The mean over the batch of {@code -log softmax(x)[label]}: how surprised the model is by the
 * right answers, in nats.
 *
 * <p>{@code dx = dy (softmax(x) - onehot(label)) / batch}.
 *
 * @param logits {@code [batch, classes]}, unnormalised log-probabilities
 * @param labels the right class of each example, 0 to classes - 1
 */
public record SoftmaxCrossEntropy(Tensor logits, Indices labels) implements Op {
  /**
   * Checks that each row has a label.
   *
   * @throws ShapeException if the logits are not a matrix, or there are not as many labels as rows
   * @throws IllegalArgumentException if a label is not a class
   */
  public SoftmaxCrossEntropy {
    if (logits.shape().rank() != 2 || logits.shape().length(0) != labels.length()) {
      throw new ShapeException(
          "crossEntropy",
          logits.shape(),
          Shape.of(labels.length()),
          "expected logits [batch, classes] and labels [batch]");
    }
    int classes = logits.shape().length(1);
    for (int i = 0; i < labels.length(); i++) {
      if (labels.get(i) < 0 || labels.get(i) >= classes) {
        throw new IllegalArgumentException(
            "crossEntropy: label %d of example %d; expected 0 to %d"
                .formatted(labels.get(i), i, classes - 1));
      }
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(logits);
  }

  @Override
  public Shape shape() {
    return Shape.SCALAR;
  }

  @Override
  public void forward(float[] out, int offset) {
    int classes = logits.shape().length(1);
    float[] logProbabilities = new float[logits.size()];
    Kernels.logSoftmax(
        logits.array(), logits.offset(), logProbabilities, 0, logits.size(), classes);
    float[] surprises = new float[labels.length()];
    for (int i = 0; i < labels.length(); i++) {
      surprises[i] = -logProbabilities[i * classes + labels.get(i)];
    }
    out[offset] = Kernels.sum(surprises, 0, labels.length()) / labels.length();
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor scale = gradient.dividedBy(labels.length());
    Tensor oneHot = labels.oneHot(logits.shape().length(1));
    sink.add(logits, new Multiply(logits.softmax().minus(oneHot), scale));
  }
}
