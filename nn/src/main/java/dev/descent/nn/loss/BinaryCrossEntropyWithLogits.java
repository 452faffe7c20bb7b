package dev.descent.nn.loss;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;

/**
 * The cross-entropy of questions with two answers, each on its own: the mean over all elements of
 *
 * <pre>
 * loss = -(w y log sigmoid(x) + (1 - y) log(1 - sigmoid(x)))
 *      =   w y softplus(-x)   + (1 - y) softplus(x)
 * </pre>
 *
 * <p>in nats. Predictions are logits of any shape, without a sigmoid; targets have the same shape
 * and are 1 for yes, 0 for no, or a probability between. PyTorch's {@code BCEWithLogitsLoss}, which
 * is written as the second line here: nothing overflows, and a loss that is nearly zero is as exact
 * as one that is not.
 *
 * @param positiveWeight how much a yes counts, beside a no: a scalar, or one for each output along
 *     the innermost axis
 */
public record BinaryCrossEntropyWithLogits(Tensor positiveWeight) implements Loss<Tensor> {
  /** A yes counts as much as a no. */
  public BinaryCrossEntropyWithLogits() {
    this(Tensor.scalar(1));
  }

  /**
   * The same loss with another weight of a yes: above 1 it raises recall, below 1 precision.
   *
   * @param weights one for all outputs, or one for each; finite, zero or greater
   * @throws IllegalArgumentException if one is out of range, or there is none
   */
  public BinaryCrossEntropyWithLogits withPositiveWeight(double... weights) {
    Check.check(weights.length > 0, "the number of positive weights", 0, "at least one");
    float[] values = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      Check.notNegative("the positive weight", weights[i]);
      values[i] = (float) weights[i];
    }
    Shape shape = values.length == 1 ? Shape.SCALAR : Shape.of(values.length);
    return new BinaryCrossEntropyWithLogits(Tensor.of(shape, values));
  }

  /**
   * The loss.
   *
   * @throws ShapeException if the shapes differ, or there are not as many weights as outputs
   */
  @Override
  public Tensor of(Tensor logits, Tensor targets) {
    Elements.check("binaryCrossEntropyWithLogits", logits, targets);
    if (positiveWeight.size() > 1
        && (logits.shape().rank() == 0 || logits.shape().length(-1) != positiveWeight.size())) {
      throw new ShapeException(
          "binaryCrossEntropyWithLogits",
          logits.shape(),
          positiveWeight.shape(),
          "expected a positive weight for each output");
    }
    Tensor yes = targets.times(positiveWeight).times(logits.negate().softplus());
    Tensor no = targets.negate().plus(1).times(logits.softplus());
    return yes.plus(no).mean();
  }
}
