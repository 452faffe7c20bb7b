package dev.descent.nn.layer;

import dev.descent.core.op.Moments;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it: {@code y
 * = (x - mean) / sqrt(variance + epsilon) weight + bias}, {@code [batch, channels, ...] -> [batch,
 * channels, ...]} (Ioffe and Szegedy 2015, "Batch Normalization").
 *
 * <p>In training, mean and variance are those of the batch, and running ones follow them: {@code
 * running = (1 - momentum) running + momentum batch}, where the variance is that of a sample, n /
 * (n - 1) times the batch's. In evaluation the running ones are used, and stay. So they are in
 * training, too, while weight and bias are both frozen: a frozen layer does not change, as in Keras
 * and unlike in PyTorch.
 *
 * @param weight {@code [channels]}
 * @param bias {@code [channels]}
 * @param runningMean {@code [channels]}, changed in place by training
 * @param runningVariance {@code [channels]}, changed in place by training
 * @param batchesTracked how many batches the running moments have followed, a scalar, changed in
 *     place by training; counts up to 16,777,216
 * @param momentum how fast the running mean and variance follow, {@code 0 <= momentum <= 1}; null:
 *     they are the means of all batches
 * @param epsilon what keeps the root from zero, at least 0
 */
public record BatchNorm(
    Parameter weight,
    Parameter bias,
    Tensor runningMean,
    Tensor runningVariance,
    Tensor batchesTracked,
    @Nullable Float momentum,
    float epsilon)
    implements Layer {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is outside its range, or the shapes differ
   */
  public BatchNorm {
    for (Tensor each : new Tensor[] {weight, bias, runningMean, runningVariance}) {
      if (each.shape().rank() != 1 || each.size() != weight.size()) {
        throw new ShapeException(
            "batchNorm", weight.shape(), each.shape(), "expected all of [channels]");
      }
    }
    if (batchesTracked.shape().rank() != 0) {
      throw new ShapeException(
          "batchNorm", batchesTracked.shape(), "expected a scalar that counts batches");
    }
    if (momentum != null && !(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "batch norm's momentum is " + momentum + "; expected 0 <= momentum <= 1");
    }
    Moments.checkEpsilon(epsilon);
  }

  /**
   * A layer that starts as PyTorch's does: weights and variances of 1, biases and means of 0, a
   * momentum of 0.1 and an epsilon of 1e-5.
   *
   * @param channels the length of the second axis
   */
  public static BatchNorm of(int channels) {
    Shape shape = Shape.of(channels);
    return new BatchNorm(
        Parameter.of(Tensor.ones(shape)),
        Parameter.of(Tensor.zeros(shape)),
        Tensor.zeros(shape),
        Tensor.ones(shape),
        Tensor.scalar(0),
        0.1f,
        1e-5f);
  }

  /** The same layer, with the same tensors, but with another momentum. */
  public BatchNorm withMomentum(@Nullable Float momentum) {
    return new BatchNorm(
        weight, bias, runningMean, runningVariance, batchesTracked, momentum, epsilon);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    Shape shape = input.shape();
    if (shape.rank() < 2 || shape.length(1) != weight.size()) {
      throw new ShapeException(
          "batchNorm", shape, weight.shape(), "expected [batch, channels, ...] and [channels]");
    }
    Axes perChannel = dev.descent.core.op.BatchNorm.perChannel(shape);
    boolean frozen = !weight.trainable() && !bias.trainable();
    return pass.training() && !frozen
        ? train(input, perChannel.reducedSize(shape))
        : evaluate(input, perChannel.keptIn(shape));
  }

  private Tensor train(Tensor input, int n) {
    if (n < 2) {
      throw new ShapeException(
          "batchNorm", input.shape(), "training needs more than one element for each channel");
    }
    dev.descent.core.op.BatchNorm operation =
        dev.descent.core.op.BatchNorm.of(input, weight, bias, epsilon);
    float batches = ++batchesTracked.array()[batchesTracked.offset()];
    float rate = momentum == null ? 1 / batches : momentum;
    follow(runningMean, operation.mean(), 1, rate);
    follow(runningVariance, operation.variance(), (float) n / (n - 1), rate);
    return operation.evaluate();
  }

  private static void follow(Tensor running, Tensor batch, float factor, float rate) {
    for (int i = 0; i < running.size(); i++) {
      float next = batch.array()[batch.offset() + i] * factor;
      int at = running.offset() + i;
      running.array()[at] += rate * (next - running.array()[at]);
    }
  }

  private Tensor evaluate(Tensor input, Shape channels) {
    Tensor scale = runningVariance.plus(epsilon).rsqrt().times(weight).reshape(channels);
    Tensor centered = input.minus(runningMean.reshape(channels));
    return centered.times(scale).plus(bias.reshape(channels));
  }

  @Override
  public Parts parts() {
    return new Parts()
        .parameter("weight", weight)
        .parameter("bias", bias)
        .buffer("running_mean", runningMean)
        .buffer("running_var", runningVariance)
        .buffer("num_batches_tracked", batchesTracked);
  }
}
