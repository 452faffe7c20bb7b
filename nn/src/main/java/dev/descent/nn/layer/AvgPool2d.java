package dev.descent.nn.layer;

import dev.descent.core.kernel.Window;
import dev.descent.core.tensor.Tensor;

/**
 * The average of each window, {@code [batch, channels, height, width] -> [batch, channels,
 * outHeight, outWidth]}; elements in the padding count as zeros, as in PyTorch unless told
 * otherwise.
 *
 * @param rows how the window slides down, without dilation
 * @param columns how the window slides to the right, without dilation
 */
public record AvgPool2d(Window rows, Window columns) implements Layer {
  /** Square windows side by side; what is left at the edge is dropped, as in PyTorch. */
  public static AvgPool2d of(int size) {
    Window window = Window.of(size).stride(size);
    return new AvgPool2d(window, window);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return dev.descent.core.op.AvgPool2d.sliding(input, rows, columns).evaluate();
  }
}
