package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearTest {
  private static final Parameter WEIGHT = Parameter.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
  private static final Parameter BIAS = Parameter.of(Shape.of(2), 10, 20);

  @Test
  void multipliesByTheTransposedWeightAndAddsTheBias() {
    Linear layer = new Linear(WEIGHT, BIAS);

    Tensor output = layer.forward(Tensor.of(Shape.of(2, 3), 1, 0, -1, 2, 1, 0));

    assertThat(output.shape()).isEqualTo(Shape.of(2, 2));
    assertThat(output.toArray()).containsExactly(10 + 1 - 3, 20 + 4 - 6, 10 + 2 + 2, 20 + 8 + 5);
  }

  @Test
  void gradientsReachWeightAndBias() {
    Linear layer = new Linear(Parameter.of(Shape.of(1, 2), 0.5f, -1), Parameter.of(Shape.of(1), 3));
    Tensor input = Tensor.of(Shape.of(2, 2), 1, 2, 10, 20);

    layer.forward(input).times(Tensor.of(Shape.of(2, 1), 1, 3)).sum().backward();

    assertThat(layer.weight().gradient().toArray()).containsExactly(1 + 30, 2 + 60);
    assertThat(layer.bias().gradient().toArray()).containsExactly(4);
  }

  @Test
  void namesItsParametersAsPyTorchDoes() {
    Linear layer = new Linear(WEIGHT, BIAS);

    assertThat(layer.parameters().sequencedKeySet()).containsExactly("weight", "bias");
    assertThat(layer.parameters().get("weight")).isSameAs(WEIGHT);
    assertThat(layer.parameters().get("bias")).isSameAs(BIAS);
  }

  @Test
  void startsAsPyTorchDoes() {
    Linear layer = Linear.of(400, 300, RandomStream.of(1, "test"));

    assertThat(layer.weight().shape()).isEqualTo(Shape.of(300, 400));
    assertThat(layer.bias().shape()).isEqualTo(Shape.of(300));
    // 1 / sqrt(400); of so many numbers some come close to the bound.
    assertThat(greatest(layer.weight())).isBetween(0.0499f, 0.05f);
    assertThat(greatest(layer.bias())).isBetween(0.048f, 0.05f);
  }

  @Test
  void tellsBothInitializersTheFans() {
    List<String> asked = new ArrayList<>();
    Initializer spy =
        (shape, fanIn, fanOut, _) -> {
          asked.add(shape + " " + fanIn + " " + fanOut);
          return Tensor.full(shape, asked.size());
        };

    Linear layer = Linear.of(3, 2, spy, spy, RandomStream.of(1, "test"));

    assertThat(asked).containsExactly("[2, 3] 3 2", "[2] 3 2");
    assertThat(layer.weight().toArray()).containsOnly(1);
    assertThat(layer.bias().toArray()).containsOnly(2);
  }

  @Test
  void layersFromOneStreamStartDifferentlyAndFromEqualStreamsAlike() {
    RandomStream random = RandomStream.of(1, "test");
    Linear first = Linear.of(4, 3, random);
    Linear second = Linear.of(4, 3, random);
    Linear again = Linear.of(4, 3, RandomStream.of(1, "test"));

    assertThat(second.weight().toArray()).isNotEqualTo(first.weight().toArray());
    assertThat(again.weight().toArray()).isEqualTo(first.weight().toArray());
    assertThat(again.bias().toArray()).isEqualTo(first.bias().toArray());
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "3, 0", "-1, 3"})
  void refusesSizesThatAreNotPositive(int in, int out) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Linear.of(in, out, RandomStream.of(1, "test")))
        .withMessage("a linear layer from %d to %d; expected at least 1 of each", in, out);
  }

  @Test
  void namesBothShapesThatDoNotFit() {
    Linear layer = new Linear(WEIGHT, BIAS);

    assertThatThrownBy(() -> layer.forward(Tensor.zeros(Shape.of(7, 4))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("linear of [7, 4] and [2, 3]: expected [batch, in] and a weight [out, in]");
    assertThatThrownBy(() -> layer.forward(Tensor.zeros(Shape.of(4))))
        .isInstanceOf(ShapeException.class)
        .hasMessage("linear of [4] and [2, 3]: expected [..., in] and a weight [out, in]");
  }

  private static float greatest(Tensor tensor) {
    float greatest = 0;
    for (float value : tensor.toArray()) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }
}
