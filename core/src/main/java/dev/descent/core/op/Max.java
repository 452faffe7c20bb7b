package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Binary;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The greatest element over some axes; NaN if one of them is.
 *
 * <p>{@code dx = dy} where x is the greatest, else 0; elements that are equally great share the
 * gradient evenly.
 *
 * @param input a tensor with at least one element along the reduced axes
 * @param axes the axes to reduce
 * @param keepAxes whether they stay, with length 1, or disappear
 */
public record Max(Tensor input, Axes axes, boolean keepAxes) implements Op {
  /**
   * Checks that there is something to choose from.
   *
   * @throws ShapeException if a reduced axis is empty
   */
  public Max {
    if (axes.reducedSize(input.shape()) == 0) {
      throw new ShapeException("max", input.shape(), "no elements along axes " + axes);
    }
  }

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
    Arrays.fill(out, offset, offset + shape().size(), Float.NEGATIVE_INFINITY);
    float[] x = input.array();
    Walk walk = Reduction.walk(input, axes);
    walk.forEach((from, to) -> {
      int first = input.offset() + from;
      int at = offset + to;
      if (walk.secondStride() == 0) {
        out[at] = Math.max(out[at], Kernels.max(x, first, walk.length()));
      } else {
        Kernels.binary(Binary.MAXIMUM, out, at, 1, x, first, 1, out, at, walk.length());
      }
    });
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Shape kept = axes.keptIn(input.shape());
    Tensor greatest = new Equal(input, output.reshape(kept)).evaluate();
    Tensor ties = new Sum(greatest, axes, true).evaluate();
    sink.add(input, new Multiply(greatest, gradient.reshape(kept).dividedBy(ties)));
  }
}
