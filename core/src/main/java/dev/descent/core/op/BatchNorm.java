package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.BatchNormKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code y = n w + b} with {@code n = (x - mean x) r} and {@code r = 1 / sqrt(variance x +
 * epsilon)}, mean and variance (of a whole population) taken over all axes but the second, that of
 * the channels (Ioffe and Szegedy 2015, "Batch Normalization"). A channel with an infinity or NaN
 * in it is NaN all over.
 *
 * <p>{@code dx = r (g - mean g - n mean(g n))} with {@code g = dy w}; {@code dw = dy n} and {@code
 * db = dy}, summed over all axes but the channels'.
 *
 * @param input {@code [batch, channels, ...]}
 * @param weight {@code [channels]}
 * @param bias {@code [channels]}
 * @param mean the mean of the input, {@code [channels]}
 * @param variance the variance of the input, {@code [channels]}
 * @param epsilon what keeps the root from zero, at least 0
 */
public record BatchNorm(
    Tensor input, Tensor weight, Tensor bias, Tensor mean, Tensor variance, float epsilon)
    implements Op {
  /** The operation with the moments of its input, which it computes. */
  public static BatchNorm of(Tensor input, Tensor weight, Tensor bias, float epsilon) {
    BatchNormKernels.Extent extent = checkedExtent(input, weight, bias);
    float[] means = new float[weight.size()];
    float[] variances = new float[weight.size()];
    BatchNormKernels.moments(extent, RowNorms.slice(input), means, variances);
    Tensor mean = Tensor.of(weight.shape(), means);
    return new BatchNorm(input, weight, bias, mean, Tensor.of(weight.shape(), variances), epsilon);
  }

  /**
   * Checks that the shapes fit.
   *
   * @throws ShapeException if they do not, or a channel has no elements
   * @throws IllegalArgumentException if epsilon is negative, infinite or NaN
   */
  public BatchNorm {
    checkedExtent(input, weight, bias);
    Moments.checkEpsilon(epsilon);
  }

  private static BatchNormKernels.Extent checkedExtent(Tensor input, Tensor weight, Tensor bias) {
    Shape shape = input.shape();
    if (shape.rank() < 2 || !weight.shape().equals(Shape.of(shape.length(1)))) {
      throw new ShapeException(
          "batchNorm", shape, weight.shape(), "expected [batch, channels, ...] and [channels]");
    }
    if (!bias.shape().equals(weight.shape())) {
      throw new ShapeException(
          "batchNorm", weight.shape(), bias.shape(), "expected weight and bias of one shape");
    }
    int inner = shape.without(0).without(0).size();
    if (shape.length(0) * inner == 0) {
      throw new ShapeException(
          "batchNorm", shape, "expected at least one element for each channel");
    }
    return new BatchNormKernels.Extent(shape.length(0), shape.length(1), inner);
  }

  /** All axes of a shape but the channels'. */
  public static Axes perChannel(Shape shape) {
    return Axes.of(shape, IntStream.range(0, shape.rank()).filter(axis -> axis != 1).toArray());
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, weight, bias);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    BatchNormKernels.normalize(
        checkedExtent(input, weight, bias),
        RowNorms.slice(input),
        mean.toArray(),
        variance.toArray(),
        epsilon,
        RowNorms.slice(weight),
        RowNorms.slice(bias),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    if (sink.recorded()) {
      recordedBackward(gradient, sink);
      return;
    }
    float[] dx = sink.array(input.size());
    float[] dw = new float[weight.size()];
    float[] db = new float[weight.size()];
    BatchNormKernels.gradients(
        checkedExtent(input, weight, bias),
        RowNorms.slice(input),
        mean.toArray(),
        variance.toArray(),
        epsilon,
        RowNorms.slice(weight),
        RowNorms.slice(gradient),
        dx,
        dw,
        db);
    sink.add(input, Tensor.of(input.shape(), dx));
    sink.add(weight, Tensor.of(weight.shape(), dw));
    sink.add(bias, Tensor.of(weight.shape(), db));
  }

  private void recordedBackward(Tensor gradient, GradientSink sink) {
    Axes all = perChannel(input.shape());
    Shape channels = all.keptIn(input.shape());
    Tensor centered = input.minus(Moments.mean(input, all));
    Tensor scale = Moments.mean(centered.square(), all).plus(epsilon).rsqrt();
    Tensor standard = centered.times(scale);
    sink.add(
        input,
        RowNorms.inputGradient(
            gradient.times(weight.reshape(channels)), all, standard, scale, true));
    sink.add(weight, new Sum(gradient.times(standard), all, false));
    sink.add(bias, new Sum(gradient, all, false));
  }
}
