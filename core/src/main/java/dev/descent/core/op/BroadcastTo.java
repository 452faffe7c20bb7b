package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor repeated along axes that it lacks or in which its length is 1.
 *
 * <p>{@code dx = dy} summed over the repeated axes.
 *
 * @param input a tensor whose shape broadcasts to the other
 * @param shape the wider shape
 */
public record BroadcastTo(Tensor input, Shape shape) implements Op {
  /**
   * Checks that the input can be repeated to that shape.
   *
   * @throws ShapeException if it cannot
   */
  public BroadcastTo {
    if (!input.shape().broadcastsTo(shape)) {
      throw new ShapeException("broadcastTo", input.shape(), "cannot be repeated to " + shape);
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(float[] out, int offset) {
    Walk walk = new Walk(shape, Walk.broadcastStrides(input.shape(), shape), Walk.strides(shape));
    walk.forEach((from, to) -> {
      int first = input.offset() + from;
      int start = offset + to;
      if (walk.firstStride() == 0) {
        Arrays.fill(out, start, start + walk.length(), input.array()[first]);
      } else {
        System.arraycopy(input.array(), first, out, start, walk.length());
      }
    });
  }

  /** The gradient has the wide shape; the sink sums it back, as for every broadcast operand. */
  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, gradient);
  }
}
