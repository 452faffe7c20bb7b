package dev.descent.core.autodiff;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * A differentiable operation applied to its inputs: a node of the graph. Implemented by records, so
 * that a graph can be printed, compared and walked with a pattern-matching switch. The constructor
 * checks the inputs' shapes; making an operation computes nothing.
 */
public interface Op {
  /** The tensors this operation reads, in the order of the mathematics. */
  List<Tensor> inputs();

  /** The shape of the result. */
  Shape shape();

  /**
   * Computes the result.
   *
   * @param out where the result goes, row-major; overwritten, whatever it holds
   * @param offset the index of the first element
   */
  void forward(float[] out, int offset);

  /**
   * Hands each input its share of the gradient. Written in operations, so that it can itself be
   * differentiated.
   *
   * @param output this operation's result
   * @param gradient the derivative of the loss with respect to the output, of the output's shape
   * @param sink takes the derivative of the loss with respect to each input
   */
  void backward(Tensor output, Tensor gradient, GradientSink sink);

  /** The result as a tensor that remembers this operation if a gradient can flow through it. */
  default Tensor evaluate() {
    return Tensor.of(this);
  }
}
