package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code Y = X W^T + b}: what a fully connected layer computes, {@code [batch, in] -> [batch,
 * out]}. One pass: each sum of products starts from the bias.
 *
 * <p>{@code dX = dY W}, {@code dW = dY^T X}, {@code db = sum of dY over the batch}.
 *
 * @param input {@code [batch, in]}
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}
 */
public record Affine(Tensor input, Tensor weight, Tensor bias) implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   */
  public Affine {
    if (input.shape().rank() != 2
        || weight.shape().rank() != 2
        || input.shape().length(1) != weight.shape().length(1)) {
      throw new ShapeException(
          "linear", input.shape(), weight.shape(), "expected [batch, in] and a weight [out, in]");
    }
    if (!bias.shape().equals(Shape.of(weight.shape().length(0)))) {
      throw new ShapeException(
          "linear", weight.shape(), bias.shape(), "expected a weight [out, in] and a bias [out]");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, weight, bias);
  }

  @Override
  public Shape shape() {
    return Shape.of(input.shape().length(0), weight.shape().length(0));
  }

  @Override
  public void forward(float[] out, int offset) {
    int batch = input.shape().length(0);
    int outputs = weight.shape().length(0);
    int inputs = weight.shape().length(1);
    for (int row = 0; row < batch; row++) {
      System.arraycopy(bias.array(), bias.offset(), out, offset + row * outputs, outputs);
    }
    Kernels.multiply(
        Matrix.rowMajor(input.array(), input.offset(), batch, inputs),
        Matrix.rowMajor(weight.array(), weight.offset(), outputs, inputs).transposed(),
        Matrix.rowMajor(out, offset, batch, outputs),
        true);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(input, new MatMul(gradient, weight, false, false));
    sink.add(weight, new MatMul(gradient, input, true, false));
    sink.add(bias, new Sum(gradient, Axes.of(gradient.shape(), 0), false));
  }
}
