package dev.descent.nn.loss;

import dev.descent.core.op.SoftmaxCrossEntropy;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy of classification: the mean of {@code -log softmax(logits)[label]}, in nats.
 * Predictions are logits {@code [batch, classes]}, without a softmax; targets are the right
 * classes.
 *
 * <pre>
 * p = log softmax(logits)
 * loss = - sum ((1 - s) w[label] p[label] + s / classes sum over c of w[c] p[c]) / sum w[label]
 * </pre>
 *
 * <p>where s is the label smoothing (Szegedy et al. 2016, "Rethinking the Inception Architecture",
 * section 7), and both sums go over the examples that are not ignored: PyTorch's {@code
 * CrossEntropyLoss}, with its defaults. Where there is nothing to divide by, since all is ignored
 * or has no weight, the loss is NaN, as there.
 *
 * @param labelSmoothing which part of the target goes to all classes alike, {@code 0 <=
 *     labelSmoothing <= 1}
 * @param classWeights {@code [classes]}, how much an example of each class counts; null for all
 *     alike
 * @param ignored a label whose examples count as if they were not there
 */
public record CrossEntropy(
    double labelSmoothing, @Nullable Tensor classWeights, OptionalInt ignored)
    implements Loss<Indices> {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the smoothing is outside it
   */
  public CrossEntropy {
    Check.share("labelSmoothing", labelSmoothing);
  }

  /** No smoothing, all classes count alike, and no example is ignored. */
  public CrossEntropy() {
    this(0, null, OptionalInt.empty());
  }

  /** The same loss with labels that are smoothed, {@code 0 <= labelSmoothing <= 1}. */
  public CrossEntropy withLabelSmoothing(double labelSmoothing) {
    return new CrossEntropy(labelSmoothing, classWeights, ignored);
  }

  /**
   * The same loss with a weight for each class.
   *
   * @param weights each finite, zero or greater
   * @throws IllegalArgumentException if one is out of range
   */
  public CrossEntropy withClassWeights(double... weights) {
    return new CrossEntropy(labelSmoothing, CountedRows.classWeights(weights), ignored);
  }

  /**
   * The same loss without the examples of one label.
   *
   * @param label need not be a class; PyTorch's is -100 unless another is asked for
   */
  public CrossEntropy ignoring(int label) {
    return new CrossEntropy(labelSmoothing, classWeights, OptionalInt.of(label));
  }

  /**
   * The loss.
   *
   * @throws ShapeException if there is not a row of logits for each label, or not a weight for each
   *     class
   * @throws IllegalArgumentException if a label is not a class
   */
  @Override
  public Tensor of(Tensor logits, Indices labels) {
    CountedRows counted = CountedRows.of("crossEntropy", "logits", logits, labels, ignored);
    CountedRows.check("crossEntropy", logits, classWeights);
    if (labelSmoothing == 0 && classWeights == null) {
      return new SoftmaxCrossEntropy(counted.rows(), counted.labels()).evaluate();
    }
    Tensor logProbabilities = counted.rows().logSoftmax();
    Tensor surprise =
        new NegativeLogLikelihood(classWeights, OptionalInt.empty())
            .of(logProbabilities, counted.labels());
    return labelSmoothing == 0
        ? surprise
        : surprise
            .times((float) (1 - labelSmoothing))
            .plus(ofAllClasses(logProbabilities, counted).times((float) labelSmoothing));
  }

  /** What the loss would be if all classes were right alike. */
  private Tensor ofAllClasses(Tensor logProbabilities, CountedRows counted) {
    Tensor weighted =
        classWeights == null ? logProbabilities : logProbabilities.times(classWeights);
    Tensor total = counted.weights(classWeights).sum().times(logProbabilities.shape().length(1));
    return weighted.sum().dividedBy(total).negate();
  }
}
