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
          Activation.SIGMOID, x -> 1 / (1 + Math.exp(-x)));

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
