package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
  private static final float[] INPUTS = {-30, -1.5f, -0.25f, 0.5f, 2, 30};

  private static final Map<Activation, DoubleUnaryOperator> FORMULAS =
      Map.of(
          Activation.RELU, x -> Math.max(x, 0),
          Activation.TANH, Math::tanh,
          Activation.SIGMOID, ActivationTest::sigmoid,
          Activation.LEAKY_RELU, x -> Math.max(x, 0.01 * x),
          Activation.ELU, x -> x > 0 ? x : Math.expm1(x),
          Activation.GELU, ActivationTest::gelu,
          Activation.GELU_TANH,
              x -> x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)),
          Activation.SILU, x -> x * sigmoid(x),
          Activation.SOFTPLUS, x -> Math.log1p(Math.exp(x)));

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** x times the normal distribution's integral, by Simpson's rule. */
  private static double gelu(double x) {
    int steps = 1000;
    double end = Math.clamp(x, -9, 9);
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = end * i / steps;
      sum += Math.exp(-t * t / 2) * (i == 0 || i == steps ? 1 : 2 + 2 * (i % 2));
    }
    return x * (0.5 + sum * end / steps / 3 / Math.sqrt(2 * Math.PI));
  }

  @ParameterizedTest
  @EnumSource
  void isItsFunctionOfEachElementAndLetsGradientsThrough(Activation activation) {
    DoubleUnaryOperator formula = FORMULAS.get(activation);
    Parameter input = Parameter.of(Shape.of(2, 3), INPUTS.clone());

    var output = activation.forward(input);
    output.sum().backward();

    assertThat(output.shape()).isEqualTo(input.shape());
    for (int i = 0; i < INPUTS.length; i++) {
      double x = INPUTS[i];
      double slope = (formula.applyAsDouble(x + 1e-5) - formula.applyAsDouble(x - 1e-5)) / 2e-5;
      assertThat((double) output.toArray()[i]).isCloseTo(formula.applyAsDouble(x), within(1e-6));
      assertThat((double) input.gradient().toArray()[i]).isCloseTo(slope, within(1e-6));
    }
    assertThat(activation.parameters()).isEmpty();
  }
}
