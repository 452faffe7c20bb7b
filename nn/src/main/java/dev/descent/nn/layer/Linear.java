package dev.descent.nn.layer;

import dev.descent.core.op.Affine;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A fully connected layer, {@code y = x W^T + b}: {@code [batch, in] -> [batch, out]}.
 *
 * @param weight {@code [out, in]}, as PyTorch stores it
 * @param bias {@code [out]}
 */
public record Linear(Parameter weight, Parameter bias) implements Layer {
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
    return new Affine(input, weight, bias).evaluate();
  }

  @Override
  public SequencedMap<String, Parameter> parameters() {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("weight", weight);
    parameters.put("bias", bias);
    return parameters;
  }
}
