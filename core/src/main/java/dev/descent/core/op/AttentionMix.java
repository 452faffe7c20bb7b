package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code Y = W V} for each head: the values of all keys, mixed for each query by its weights,
 * {@code [batch, heads, queries, keys] x [batch, keys, heads x features] -> [batch, queries, heads
 * x features]}. The heads are read and written where they lie, side by side in the innermost axis.
 *
 * <p>{@code dW = dY V^T}: {@link AttentionScores}; {@code dV = W^T dY}, the same operation with the
 * weights read the other way.
 *
 * @param weights {@code [batch, heads, queries, keys]}, or {@code [batch, heads, keys, queries]} if
 *     transposed
 * @param value {@code [batch, keys, heads x features]}
 * @param transposed whether each matrix of weights is read transposed
 */
public record AttentionMix(Tensor weights, Tensor value, boolean transposed) implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   */
  public AttentionMix {
    Shape shape = weights.shape();
    if (shape.rank() != 4
        || value.shape().rank() != 3
        || shape.length(0) != value.shape().length(0)
        || shape.length(transposed ? 2 : 3) != value.shape().length(1)) {
      throw new ShapeException(
          "attention",
          shape,
          value.shape(),
          "expected weights [batch, heads, queries, keys] and values [batch, keys, width]");
    }
    Heads.check("attention", value.shape(), shape.length(1));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(weights, value);
  }

  @Override
  public Shape shape() {
    return value.shape().with(1, weights.shape().length(transposed ? 3 : 2));
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape shape = shape();
    Shape matrices = weights.shape();
    int heads = matrices.length(1);
    long products = (long) matrices.length(2) * matrices.length(3) * (shape.length(2) / heads);
    Heads.forEach(
        matrices,
        products,
        (batch, head) -> {
          Matrix mix = Heads.matrix(matrices, weights.array(), weights.offset(), batch, head);
          Kernels.multiply(
              transposed ? mix.transposed() : mix,
              Heads.columns(value, batch, head, heads),
              Heads.columns(shape, out, offset, batch, head, heads),
              false);
        });
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    int heads = weights.shape().length(1);
    sink.add(
        weights,
        transposed
            ? new AttentionScores(value, gradient, heads)
            : new AttentionScores(gradient, value, heads));
    sink.add(value, new AttentionMix(weights, gradient, !transposed));
  }
}
