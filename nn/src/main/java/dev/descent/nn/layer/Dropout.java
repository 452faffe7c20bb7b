package dev.descent.nn.layer;

import dev.descent.core.tensor.Tensor;

/**
 * In training, sets each element to zero with some probability and scales the others up, so that
 * the expected value stays; in evaluation does nothing (Srivastava et al. 2014, "Dropout: A Simple
 * Way to Prevent Neural Networks from Overfitting", in the inverted form of PyTorch and Keras).
 *
 * @param probability how likely an element is dropped, {@code 0 <= probability < 1}
 */
public record Dropout(double probability) implements Layer {
  /**
   * Checks the probability.
   *
   * @throws IllegalArgumentException if it is outside its range or NaN
   */
  public Dropout {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout is " + probability + "; expected 0 <= dropout < 1");
    }
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    if (!pass.training() || probability == 0) {
      return input;
    }
    float[] mask = new float[input.size()];
    pass.random("dropout").nextZeros(probability, (float) (1 / (1 - probability)), mask);
    return input.times(Tensor.of(input.shape(), mask));
  }
}
