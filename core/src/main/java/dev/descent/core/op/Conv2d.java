package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.ImageKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code y[n, o, y, x] = b[o] + sum over i, r, c of w[o, i, r, c] x[n, i, y s - p + r d, x s - p +
 * c d]}: a kernel that slides over images with stride s, padding p of zeros and dilation d, {@code
 * [batch, in, height, width] -> [batch, out, outHeight, outWidth]}. Semantics and layouts are those
 * of PyTorch's {@code conv2d}: the kernel is not mirrored, and each of the groups of output
 * channels sees one group of input channels.
 *
 * <p>{@code dx} is {@link Conv2dInputGradient}, {@code dw} is {@link Conv2dWeightGradient}, {@code
 * db = sum of dy over batch, height and width}. The three are linear in each operand, and the
 * derivatives of one are the other two.
 *
 * @param input {@code [batch, in, height, width]}
 * @param weight {@code [out, in / groups, rows.size, columns.size]}
 * @param bias {@code [out]}, or null for none
 * @param rows how the kernel slides down
 * @param columns how the kernel slides to the right
 * @param groups the number of groups, a divisor of in and of out
 */
public record Conv2d(
    Tensor input, Tensor weight, @Nullable Tensor bias, Window rows, Window columns, int groups)
    implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not, or the kernel does not fit into the padded images
   * @throws IllegalArgumentException if there is not at least one group
   */
  public Conv2d {
    Convolutions.check(input.shape(), weight.shape(), rows, columns, groups);
    if (bias != null && !bias.shape().equals(Shape.of(weight.shape().length(0)))) {
      throw new ShapeException(
          "conv2d", weight.shape(), bias.shape(), "expected a weight [out, ...] and a bias [out]");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return bias == null ? List.of(input, weight) : List.of(input, weight, bias);
  }

  @Override
  public Shape shape() {
    return Convolutions.output(input.shape(), weight.shape().length(0), rows, columns);
  }

  @Override
  public void forward(float[] out, int offset) {
    int outputs = weight.shape().length(0);
    ImageKernels.convolution(
        Convolutions.sizes(input.shape(), outputs, rows, columns, groups),
        Convolutions.slice(input),
        Convolutions.slice(weight),
        bias == null ? new Slice(new float[outputs], 0) : Convolutions.slice(bias),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(
        input, new Conv2dInputGradient(gradient, weight, input.shape(), rows, columns, groups));
    sink.add(weight, new Conv2dWeightGradient(input, gradient, rows, columns, groups));
    if (bias != null) {
      sink.add(bias, new Sum(gradient, Axes.of(gradient.shape(), 0, 2, 3), false));
    }
  }
}
