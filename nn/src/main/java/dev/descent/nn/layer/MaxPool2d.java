package dev.descent.nn.layer;

import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Window;
import dev.descent.core.op.Rectified;
import dev.descent.core.tensor.Tensor;

/**
 * The greatest element of each window, {@code [batch, channels, height, width] -> [batch, channels,
 * outHeight, outWidth]}: {@link dev.descent.core.op.MaxPool2d} as a layer.
 *
 * @param rows how the window slides down
 * @param columns how the window slides to the right
 */
public record MaxPool2d(Window rows, Window columns) implements Rectifiable {
  /** Square windows side by side; what is left at the edge is dropped, as in PyTorch. */
  public static MaxPool2d of(int size) {
    Window window = Window.of(size).stride(size);
    return new MaxPool2d(window, window);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return on(input).evaluate();
  }

  @Override
  public Tensor rectified(Tensor input) {
    return new Rectified(on(input)).evaluate();
  }

  /** Whether a window may lie in the padding alone, where there is nothing to be the greatest. */
  boolean isPadded() {
    return rows.padding() > 0 || columns.padding() > 0;
  }

  private Op on(Tensor input) {
    return new dev.descent.core.op.MaxPool2d(input, rows, columns);
  }
}
