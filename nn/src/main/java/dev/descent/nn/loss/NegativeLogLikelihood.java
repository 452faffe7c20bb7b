package dev.descent.nn.loss;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How surprised a model is that gives log-probabilities: the mean of {@code -p[label]}, in nats.
 * Predictions are log-probabilities {@code [batch, classes]}, as {@code logSoftmax()} makes them;
 * targets are the right classes.
 *
 * <pre>
 * loss = - sum w[label] p[label] / sum w[label]     over the examples that are not ignored
 * </pre>
 *
 * <p>The weighted mean is PyTorch's {@code NLLLoss}, with its defaults. Where there is nothing to
 * divide by, since all is ignored or has no weight, the loss is NaN, as there.
 *
 * @param classWeights {@code [classes]}, how much an example of each class counts; null for all
 *     alike
 * @param ignored a label whose examples count as if they were not there
 */
public record NegativeLogLikelihood(@Nullable Tensor classWeights, OptionalInt ignored)
    implements Loss<Indices> {
  /** All classes count alike, and no example is ignored. */
  public NegativeLogLikelihood() {
    this(null, OptionalInt.empty());
  }

  /**
   * The same loss with a weight for each class.
   *
   * @param weights each finite, zero or greater
   * @throws IllegalArgumentException if one is out of range
   */
  public NegativeLogLikelihood withClassWeights(double... weights) {
    return new NegativeLogLikelihood(CountedRows.classWeights(weights), ignored);
  }

  /**
   * The same loss without the examples of one label.
   *
   * @param label need not be a class; PyTorch's is -100 unless another is asked for
   */
  public NegativeLogLikelihood ignoring(int label) {
    return new NegativeLogLikelihood(classWeights, OptionalInt.of(label));
  }

  /**
   * The loss.
   *
   * @throws ShapeException if there is not a row of predictions for each label, or not a weight for
   *     each class
   * @throws IllegalArgumentException if a label is not a class
   */
  @Override
  public Tensor of(Tensor logProbabilities, Indices labels) {
    String name = "negativeLogLikelihood";
    CountedRows counted =
        CountedRows.of(name, "log-probabilities", logProbabilities, labels, ignored);
    CountedRows.check(name, logProbabilities, classWeights);
    Tensor weights = counted.weights(classWeights);
    Tensor right = counted.rows().gather(1, counted.labels());
    return right.times(weights).sum().dividedBy(weights.sum()).negate();
  }
}
