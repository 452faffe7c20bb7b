package dev.descent.nn.layer;

import dev.descent.core.autodiff.Op;
import dev.descent.core.op.Affine;
import dev.descent.core.op.Rectified;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import java.util.function.Function;

/**
 * A fully connected layer, {@code y = x W^T + b}: {@code [..., in] -> [..., out]}.
 *
 * @param weight {@code [out, in]}, as PyTorch stores it
 * @param bias {@code [out]}
 */
public record Linear(Parameter weight, Parameter bias) implements Rectifiable {
  /**
   * A layer initialised as PyTorch does.
   *
   * @param in the number of inputs, at least 1
   * @param out the number of outputs, at least 1
   * @param random where the initial weights come from; drawn on, so that each layer made with the
   *     same stream starts differently
   */
  public static Linear of(int in, int out, RandomStream random) {
    return of(in, out, Initializer.pytorch(), Initializer.pytorch(), random);
  }

  /**
   * A layer with chosen initial values.
   *
   * @param in the number of inputs, at least 1
   * @param out the number of outputs, at least 1
   * @param weights how the weight starts
   * @param biases how the bias starts
   * @param random where chance comes from
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Linear of(
      int in, int out, Initializer weights, Initializer biases, RandomStream random) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "a linear layer from " + in + " to " + out + "; expected at least 1 of each");
    }
    Tensor weight = weights.initialize(Shape.of(out, in), in, out, random);
    Tensor bias = biases.initialize(Shape.of(out), in, out, random);
    return new Linear(Parameter.of(weight), Parameter.of(bias));
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return apply(input, weight, bias);
  }

  @Override
  public Tensor rectified(Tensor input) {
    return apply(input, weight, bias, Rectified::new);
  }

  /** What a layer with this weight and bias would do, all outer axes of the input as one. */
  static Tensor apply(Tensor input, Tensor weight, Tensor bias) {
    return apply(input, weight, bias, affine -> affine);
  }

  private static Tensor apply(
      Tensor input, Tensor weight, Tensor bias, Function<Affine, Op> operation) {
    Shape shape = input.shape();
    if (shape.rank() == 2) {
      return operation.apply(new Affine(input, weight, bias)).evaluate();
    }
    if (shape.rank() == 0 || shape.length(-1) != weight.shape().length(1)) {
      throw new ShapeException(
          "linear", shape, weight.shape(), "expected [..., in] and a weight [out, in]");
    }
    Tensor rows = input.reshape(shape.without(-1).size(), shape.length(-1));
    return operation
        .apply(new Affine(rows, weight, bias))
        .evaluate()
        .reshape(shape.with(-1, weight.shape().length(0)));
  }

  @Override
  public Parts parts() {
    return new Parts().parameter("weight", weight).parameter("bias", bias);
  }
}
