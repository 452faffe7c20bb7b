package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.ImageKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Spans;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * The averages over parts of images, {@code [batch, channels, height, width] -> [batch, channels,
 * rows.outputs, columns.outputs]}: windows that slide, or a fixed number of parts whatever the
 * size.
 *
 * <p>{@code dx} is {@link AvgPool2dGradient}: each element gets {@code dy / count} of the parts
 * that it is in.
 *
 * @param input {@code [batch, channels, height, width]}
 * @param rows the rows that each row of the result averages
 * @param columns the columns that each column of the result averages
 */
public record AvgPool2d(Tensor input, Spans rows, Spans columns) implements Op {
  /**
   * Checks that the spans are those of the input's height and width.
   *
   * @throws ShapeException if they are not, or an output would be the average of nothing
   */
  public AvgPool2d {
    Poolings.checkSpans("avgPool2d", input.shape(), rows, columns);
  }

  /**
   * The averages of windows that slide, as PyTorch's {@code avg_pool2d}: elements in the padding
   * count as zeros.
   *
   * @param rows how the window slides down, with dilation 1 and padding of at most half its size
   * @param columns the same to the right
   * @throws ShapeException if the window does not fit into the padded images
   * @throws IllegalArgumentException if there is dilation, or more padding than half a window
   */
  public static AvgPool2d sliding(Tensor input, Window rows, Window columns) {
    Poolings.check("avgPool2d", input.shape(), rows, columns);
    if (rows.dilation() != 1 || columns.dilation() != 1) {
      throw new IllegalArgumentException(
          "avgPool2d: dilation is %d and %d; expected 1"
              .formatted(rows.dilation(), columns.dilation()));
    }
    return new AvgPool2d(
        input,
        new Spans.Sliding(rows, input.shape().length(2)),
        new Spans.Sliding(columns, input.shape().length(3)));
  }

  /**
   * Averages as many as asked for, whatever the images' size, as PyTorch's {@code
   * adaptive_avg_pool2d}.
   *
   * @param height the height of the result, at least 1
   * @param width the width of the result, at least 1
   * @throws ShapeException if these are no images, or empty ones
   * @throws IllegalArgumentException if a size is not positive
   */
  public static AvgPool2d adaptive(Tensor input, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "adaptiveAvgPool2d to %d x %d; expected at least 1 x 1".formatted(height, width));
    }
    Poolings.checkImages("adaptiveAvgPool2d", input.shape());
    return new AvgPool2d(
        input,
        new Spans.Adaptive(height, input.shape().length(2)),
        new Spans.Adaptive(width, input.shape().length(3)));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return input.shape().with(2, rows.outputs()).with(3, columns.outputs());
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.average(
        Poolings.planes(input.shape()),
        rows,
        columns,
        Convolutions.slice(input),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new AvgPool2dGradient(gradient, rows, columns));
  }
}
