package dev.descent.nn.layer;

import dev.descent.core.op.AvgPool2d;
import dev.descent.core.tensor.Tensor;

/**
 * As many averages as asked for, whatever the size of the images: {@code [batch, channels, ...] ->
 * [batch, channels, height, width]}.
 *
 * @param height the height of the result, at least 1
 * @param width the width of the result, at least 1
 */
public record AdaptiveAvgPool2d(int height, int width) implements Layer {
  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return AvgPool2d.adaptive(input, height, width).evaluate();
  }
}
