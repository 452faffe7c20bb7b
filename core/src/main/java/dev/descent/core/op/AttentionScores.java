package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code S = Q K^T} for each head: how well each query fits each key, {@code [batch, queries, heads
 * x features] x [batch, keys, heads x features] -> [batch, heads, queries, keys]}. The heads are
 * read where they lie, side by side in the innermost axis.
 *
 * <p>{@code dQ = dS K}, {@code dK = dS^T Q}: {@link AttentionMix}.
 *
 * @param query {@code [batch, queries, heads x features]}
 * @param key {@code [batch, keys, heads x features]}
 * @param heads how many parts the innermost axis has, at least 1
 */
public record AttentionScores(Tensor query, Tensor key, int heads) implements Op {
  /**
   * Checks that the operands fit.
   *
   * @throws ShapeException if they do not
   */
  public AttentionScores {
    Heads.check("attention", query.shape(), heads);
    Heads.check("attention", key.shape(), heads);
    if (query.shape().length(0) != key.shape().length(0)
        || query.shape().length(2) != key.shape().length(2)) {
      throw new ShapeException(
          "attention",
          query.shape(),
          key.shape(),
          "expected [batch, queries, width] and [batch, keys, width]");
    }
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(query, key);
  }

  @Override
  public Shape shape() {
    Shape queries = query.shape();
    return Shape.of(queries.length(0), heads, queries.length(1), key.shape().length(1));
  }

  @Override
  public void forward(float[] out, int offset) {
    Shape shape = shape();
    long products = (long) shape.length(2) * shape.length(3) * (query.shape().length(2) / heads);
    Heads.forEach(
        shape,
        products,
        (batch, head) ->
            Kernels.multiply(
                Heads.columns(query, batch, head, heads),
                Heads.columns(key, batch, head, heads).transposed(),
                Heads.matrix(shape, out, offset, batch, head),
                false));
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    sink.add(query, new AttentionMix(gradient, key, false));
    sink.add(key, new AttentionMix(gradient, query, true));
  }
}
