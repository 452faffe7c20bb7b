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
 * The values that lie where another tensor has the greatest element of each window, {@code [batch,
 * channels, height, width] -> [batch, channels, outHeight, outWidth]}; 0 where a window has no
 * element. How a change of the input moves the maximum.
 *
 * <p>The gradient of {@code values} is {@link MaxPool2dGradient}; nothing flows to the input, whose
 * derivative is zero wherever it exists.
 *
 * @param values {@code [batch, channels, height, width]}
 * @param input of the same shape, in which the greatest elements are sought
 * @param rows how the window slides down
 * @param columns how the window slides to the right
 */
public record MaxPool2dChoice(Tensor values, Tensor input, Window rows, Window columns)
    implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   * @throws IllegalArgumentException if there is more padding than half a window
   */
  public MaxPool2dChoice {
    Poolings.check("maxPool2dChoice", input.shape(), rows, columns);
    if (!values.shape().equals(input.shape())) {
      throw new ShapeException(
          "maxPool2dChoice", values.shape(), input.shape(), "expected two shapes alike");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(values, input);
  }

  @Override
  public Shape shape() {
    return Convolutions.output(input.shape(), input.shape().length(1), rows, columns);
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.maxChoice(
        Poolings.sizes(input.shape(), rows, columns),
        Convolutions.slice(input),
        Convolutions.slice(values),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(values, new MaxPool2dGradient(gradient, input, rows, columns));
  }
}
