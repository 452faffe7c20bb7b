package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.ImageKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * Gradients put where the greatest element of each window lies, else 0: {@code [batch, channels,
 * outHeight, outWidth] -> [batch, channels, height, width]}. Where windows overlap, they are added
 * in the order of rows and columns.
 *
 * <p>The gradient of {@code gradient} is {@link MaxPool2dChoice}; nothing flows to the input, whose
 * derivative is zero wherever it exists.
 *
 * @param gradient {@code [batch, channels, outHeight, outWidth]}
 * @param input {@code [batch, channels, height, width]}, in which the greatest elements are sought
 * @param rows how the window slides down
 * @param columns how the window slides to the right
 */
public record MaxPool2dGradient(Tensor gradient, Tensor input, Window rows, Window columns)
    implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if there is more padding than half a window
   */
  public MaxPool2dGradient {
    Poolings.check("maxPool2dGradient", input.shape(), rows, columns);
    Shape output = Convolutions.output(input.shape(), input.shape().length(1), rows, columns);
    if (!gradient.shape().equals(output)) {
      throw new ShapeException(
          "maxPool2dGradient", gradient.shape(), input.shape(), "expected a gradient " + output);
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(gradient, input);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.maxGradient(
        Poolings.sizes(input.shape(), rows, columns),
        Convolutions.slice(input),
        Convolutions.slice(gradient),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(this.gradient, new MaxPool2dChoice(gradient, input, rows, columns));
  }
}
