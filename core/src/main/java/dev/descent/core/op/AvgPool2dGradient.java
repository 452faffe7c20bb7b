package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.ImageKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Spans;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * Gradients shared among the elements that were averaged, {@code [batch, channels, rows.outputs,
 * columns.outputs] -> [batch, channels, height, width]}.
 *
 * <p>The gradient of {@code gradient} is {@link AvgPool2d}.
 *
 * @param gradient {@code [batch, channels, rows.outputs, columns.outputs]}
 * @param rows the rows that each row of the gradient averaged
 * @param columns the columns that each column of the gradient averaged
 */
public record AvgPool2dGradient(Tensor gradient, Spans rows, Spans columns) implements Op {
  /**
   * Checks that the spans have as many outputs as the gradient has rows and columns.
   *
   * @throws ShapeException if they have not
   */
  public AvgPool2dGradient {
    Shape shape = gradient.shape();
    Poolings.checkImages("avgPool2dGradient", shape);
    if (shape.length(2) != rows.outputs() || shape.length(3) != columns.outputs()) {
      throw new ShapeException(
          "avgPool2dGradient",
          shape,
          "expected images of %d x %d".formatted(rows.outputs(), columns.outputs()));
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gradient);
  }

  @Override
  public Shape shape() {
    return gradient.shape().with(2, rows.length()).with(3, columns.length());
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.averageGradient(
        Poolings.planes(gradient.shape()),
        rows,
        columns,
        Convolutions.slice(gradient),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(this.gradient, new AvgPool2d(gradient, rows, columns));
  }
}
