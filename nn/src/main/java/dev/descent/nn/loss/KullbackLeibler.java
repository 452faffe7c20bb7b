package dev.descent.nn.loss;

import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;

/**
 * How far predicted distributions are from others, in nats: the mean over the batch of
 *
 * <pre>
 * KL(target | prediction) = sum of target (log target - prediction)
 * </pre>
 *
 * <p>Predictions are log-probabilities, as {@code logSoftmax()} makes them, {@code [batch, ...]};
 * targets are probabilities of the same shape. A probability of zero adds nothing, whatever is
 * predicted, neither to the loss nor to a gradient. For a student that learns from a teacher:
 *
 * <pre>{@code
 * new KullbackLeibler().of(student.logSoftmax(), teacher.softmax())
 * }</pre>
 *
 * <p>The sum is divided by the size of the batch, as PyTorch's {@code KLDivLoss} does with {@code
 * reduction="batchmean"}. PyTorch's default divides by the number of all elements, which is no
 * divergence, and warns of it.
 */
public record KullbackLeibler() implements Loss<Tensor> {
  /**
   * The loss.
   *
   * @throws ShapeException if the shapes differ or have no axis
   */
  @Override
  public Tensor of(Tensor logProbabilities, Tensor targets) {
    Elements.check("kullbackLeibler", logProbabilities, targets);
    if (targets.shape().rank() == 0) {
      throw new ShapeException("kullbackLeibler", targets.shape(), "expected [batch, ...]");
    }
    Tensor zero = targets.equalTo(Tensor.scalar(0));
    Tensor logTargets = Tensor.scalar(1).where(zero, targets).log();
    Tensor terms = targets.times(logTargets.minus(logProbabilities));
    return Tensor.scalar(0).where(zero, terms).sum().dividedBy(targets.shape().length(0));
  }
}
