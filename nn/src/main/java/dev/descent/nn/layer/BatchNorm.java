package dev.descent.nn.layer;

import dev.descent.core.op.Moments;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it: {@code y
 * = (x - mean) / sqrt(variance + epsilon) weight + bias}, {@code [batch, channels, ...] -> [batch,
 * channels, ...]} (Ioffe and Szegedy 2015, "Batch Normalization").
 *
 * <p>In training, mean and variance are those of the batch, and running ones follow them: {@code
 * running = (1 - momentum) running + momentum batch}, where the variance is that of a sample, n /
 * (n - 1) times the batch's. In evaluation the running ones are used, and stay.
 *
 * @param weight {@code [channels]}
 * @param bias {@code [channels]}
 * @param runningMean {@code [channels]}, changed in place by training
 * @param runningVariance {@code [channels]}, changed in place by training
 * @param momentum how fast the running mean and variance follow, {@code 0 <= momentum <= 1}
 * @param epsilon what keeps the root from zero, at least 0
 */
public record BatchNorm(
    Parameter weight,
    Parameter bias,
    Tensor runningMean,
    Tensor runningVariance,
    float momentum,
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
    if (!(momentum >= 0 && momentum <= 1)) {
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
        0.1f,
        1e-5f);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    Shape shape = input.shape();
    if (shape.rank() < 2 || shape.length(1) != weight.size()) {
      throw new ShapeException(
          "batchNorm", shape, weight.shape(), "expected [batch, channels, ...] and [channels]");
    }
    Axes perChannel =
        Axes.of(shape, IntStream.range(0, shape.rank()).filter(axis -> axis != 1).toArray());
    Shape channels = perChannel.keptIn(shape);
    Tensor mean = runningMean.reshape(channels);
    Tensor variance = runningVariance.reshape(channels);
    if (pass.training()) {
      int n = perChannel.reducedSize(shape);
      if (n < 2) {
        throw new ShapeException(
            "batchNorm", shape, "training needs more than one element for each channel");
      }
      mean = Moments.mean(input, perChannel);
      variance = Moments.mean(input.minus(mean).square(), perChannel);
      follow(runningMean, mean, 1);
      follow(runningVariance, variance, (float) n / (n - 1));
    }
    Tensor scale = variance.plus(epsilon).rsqrt().times(weight.reshape(channels));
    return input.minus(mean).times(scale).plus(bias.reshape(channels));
  }

  private void follow(Tensor running, Tensor batch, float factor) {
    for (int i = 0; i < running.size(); i++) {
      float next = batch.array()[batch.offset() + i] * factor;
      int at = running.offset() + i;
      running.array()[at] += momentum * (next - running.array()[at]);
    }
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("weight", weight);
    parameters.put("bias", bias);
    return parameters;
  }

  @Override
  public SequencedMap<String, Tensor> buffers() {
    SequencedMap<String, Tensor> buffers = new LinkedHashMap<>();
    buffers.put("running_mean", runningMean);
    buffers.put("running_var", runningVariance);
    return buffers;
  }
}
