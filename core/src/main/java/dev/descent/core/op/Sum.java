package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The sum over some axes; 0 where there is nothing to sum.
 *
 * <p>{@code dx = dy}, repeated along the summed axes.
 *
 * @param input a tensor of any shape
 * @param axes the axes to sum over
 * @param keepAxes whether they stay, with length 1, or disappear
 */
public record Sum(Tensor input, Axes axes, boolean keepAxes) implements Op {
  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return Reduction.shape(input, axes, keepAxes);
  }

  @Override
  public void forward(float[] out, int offset) {
    Arrays.fill(out, offset, offset + shape().size(), 0);
    float[] x = input.array();
    Walk walk = Reduction.walk(input, axes);
    walk.forEach((from, to) -> {
      int first = input.offset() + from;
      if (walk.secondStride() == 0) {
        out[offset + to] += Kernels.sum(x, first, walk.length());
      } else {
        int at = offset + to;
        Kernels.binary(Binary.ADD, out, at, 1, x, first, 1, out, at, walk.length());
      }
    });
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor kept = gradient.reshape(axes.keptIn(input.shape()));
    sink.add(input, new BroadcastTo(kept, input.shape()));
  }
}
