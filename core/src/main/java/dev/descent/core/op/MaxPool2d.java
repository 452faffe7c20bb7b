package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.ImageKernels;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * The greatest element of each window that slides over images, {@code [batch, channels, height,
 * width] -> [batch, channels, outHeight, outWidth]}, as PyTorch's {@code max_pool2d}: what lies in
 * the padding does not take part. NaN if one of the elements is; negative infinity where there is
 * none.
 *
 * <p>{@code dx = dy} at the greatest element of each window, else 0. Of several that are equally
 * great, the first in the order of rows and columns gets it all; of several NaNs the last.
 *
 * @param input {@code [batch, channels, height, width]}
 * @param rows how the window slides down; its padding is at most half its span
 * @param columns how the window slides to the right; its padding is at most half its span
 */
public record MaxPool2d(Tensor input, Window rows, Window columns) implements Op {
  /**
   * Checks that the window fits.
   *
   * @throws dev.descent.core.tensor.ShapeException if it does not fit into the padded images
   * @throws IllegalArgumentException if there is more padding than half a window
   */
  public MaxPool2d {
    Poolings.check("maxPool2d", input.shape(), rows, columns);
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return Convolutions.output(input.shape(), input.shape().length(1), rows, columns);
  }

  @Override
  public void forward(float[] out, int offset) {
    ImageKernels.max(
        Poolings.sizes(input.shape(), rows, columns),
        Convolutions.slice(input),
        new Slice(out, offset));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new MaxPool2dGradient(gradient, input, rows, columns));
  }
}
