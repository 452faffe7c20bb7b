package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.SoftmaxKernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * {@code y = softmax(x + mask)} along the innermost axis, computed so that nothing overflows: the
 * weights of attention. An element to which negative infinity is added gets the weight 0. In a row
 * where nothing else is left all weights are 0, and so is the gradient, as in PyTorch's {@code
 * scaled_dot_product_attention}.
 *
 * <p>Where it is causal, row i of each matrix has its first i + 1 elements alone, and what the
 * others are, be it NaN, has no influence.
 *
 * <p>{@code dx = y (dy - sum(y dy))}; the mask gets the same, summed over the axes along which it
 * was repeated.
 *
 * @param input {@code [..., rows, columns]}
 * @param mask of a shape that broadcasts to the input's
 * @param causal whether row i sees the columns up to i alone
 */
public record MaskedSoftmax(Tensor input, Tensor mask, boolean causal) implements Op {
  /**
   * Checks that the shapes fit.
   *
   * @throws ShapeException if the input is no matrix or the mask cannot be repeated to its shape
   */
  public MaskedSoftmax {
    if (input.shape().rank() < 2) {
      throw new ShapeException("maskedSoftmax", input.shape(), "expected [..., rows, columns]");
    }
    if (!mask.shape().broadcastsTo(input.shape())) {
      throw new ShapeException(
          "maskedSoftmax",
          input.shape(),
          mask.shape(),
          "expected a mask that can be repeated to the first");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, mask);
  }

  @Override
  public Shape shape() {
    return input.shape();
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape shape = shape();
    if (shape.size() == 0) {
      return;
    }
    int rank = shape.rank();
    int[] strides = Walk.broadcastStrides(mask.shape(), shape);
    SoftmaxKernels.masked(
        new Slice(input.array(), input.offset()),
        new Slice(mask.array(), mask.offset()),
        maskPlaces(strides),
        strides[rank - 1],
        causal ? shape.length(-2) : 0,
        new Slice(out, offset),
        shape.without(-1).size(),
        shape.length(-1));
  }

  /** Where in the mask each row begins. */
  private int[] maskPlaces(int[] strides) {
    Shape rows = shape().without(-1);
    int[] outer = Arrays.copyOf(strides, rows.rank());
    int[] places = new int[rows.size()];
    Walk walk = new Walk(rows, outer, Walk.strides(rows));
    walk.forEach((from, to) -> {
      for (int i = 0; i < walk.length(); i++) {
        places[to + i * walk.secondStride()] = from + i * walk.firstStride();
      }
    });
    return places;
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Tensor inner = sink.evaluate(new SoftmaxGradient(output, gradient));
    sink.add(input, inner);
    sink.add(mask, inner);
  }
}
