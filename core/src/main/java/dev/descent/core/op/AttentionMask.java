package dev.descent.core.op;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What each query of an attention may look at. A query that may look at nothing gets zeros, and its
 * gradient is zero, as in PyTorch's {@code scaled_dot_product_attention}.
 *
 * <p>A key that may not be looked at has the weight 0. Zero times NaN is NaN: a value that is not
 * finite shows, masked or not; a score that is does not matter where the mask is causal.
 *
 * @param added what is added to the scores, of a shape that broadcasts to {@code [..., queries,
 *     keys]}; negative infinity hides a key. A gradient flows to it. Null: nothing is added
 * @param causal whether query i may look at the keys 0 to i alone
 */
public record AttentionMask(@Nullable Tensor added, boolean causal) {
  /** Every query may look at everything. */
  public static final AttentionMask NONE = new AttentionMask(null, false);

  /** Query i may look at the keys 0 to i: nobody sees the future. */
  public static final AttentionMask CAUSAL = new AttentionMask(null, true);

  /** Something to be added to the scores, such as a bias that depends on the distance. */
  public static AttentionMask adding(Tensor added) {
    return new AttentionMask(added, false);
  }

  /**
   * Queries may look where a tensor is not zero.
   *
   * @param allowed of a shape that broadcasts to {@code [..., queries, keys]}, as comparisons give
   *     it; as in PyTorch's {@code scaled_dot_product_attention}, and the opposite of what its
   *     {@code MultiheadAttention} calls a mask
   */
  public static AttentionMask allowing(Tensor allowed) {
    Tensor hidden = Tensor.scalar(Float.NEGATIVE_INFINITY);
    return adding(Tensor.scalar(0).where(allowed.detach(), hidden));
  }

  /**
   * Queries of all heads may look at the keys for which a tensor is not zero: for sequences that
   * have been filled up to one length.
   *
   * @param allowed {@code [batch, keys]}
   * @throws ShapeException if it has other axes
   */
  public static AttentionMask allowingKeys(Tensor allowed) {
    Shape shape = allowed.shape();
    if (shape.rank() != 2) {
      throw new ShapeException("attentionMask", shape, "expected [batch, keys]");
    }
    return allowing(allowed.reshape(shape.length(0), 1, 1, shape.length(1)));
  }

  /** This mask, and nobody sees the future. */
  public AttentionMask andCausal() {
    return new AttentionMask(added, true);
  }

  /**
   * The weights of the keys: the softmax of the scores that are left.
   *
   * @param scores {@code [..., queries, keys]}
   * @throws ShapeException if the mask does not fit
   */
  public Tensor weights(Tensor scores) {
    if (added == null && !causal) {
      return scores.softmax();
    }
    Tensor mask = added == null ? Tensor.scalar(0) : added;
    return new MaskedSoftmax(scores, mask, causal).evaluate();
  }

  /**
   * Scaled dot-product attention: {@code softmax(Q K^T / sqrt(features) + mask) V}, for each query
   * a mean of the values, weighted by how well the query fits their keys (Vaswani et al. 2017,
   * "Attention Is All You Need", equation 1). The outer axes count matrices and broadcast.
   *
   * @param query {@code [..., queries, features]}
   * @param key {@code [..., keys, features]}
   * @param value {@code [..., keys, width]}
   * @return {@code [..., queries, width]}
   * @throws ShapeException if the shapes do not fit
   */
  public Tensor attend(Tensor query, Tensor key, Tensor value) {
    Tensor scaled = query.times(scale(query.shape().length(-1)));
    return weights(new MatMul(scaled, key, false, true).evaluate()).matmul(value);
  }

  /** What scores of so many features are multiplied with: {@code 1 / sqrt(features)}. */
  public static float scale(int features) {
    return (float) (1 / Math.sqrt(features));
  }
}
