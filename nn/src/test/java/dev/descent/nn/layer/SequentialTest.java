package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static final Tensor INPUT = Tensor.of(Shape.of(1, 2), 3, -4);

  private final RandomStream random = RandomStream.of(1, "test");

  @Test
  void appliesEachLayerToTheResultOfTheOneBefore() {
    Layer plusOne = (input, _) -> input.plus(1);
    Layer twice = (input, _) -> input.times(2);

    assertThat(Sequential.of(plusOne, twice).forward(INPUT).toArray()).containsExactly(8, -6);
    assertThat(Sequential.of(twice, plusOne).forward(INPUT).toArray()).containsExactly(7, -7);
    assertThat(Sequential.of().forward(INPUT)).isSameAs(INPUT);
  }

  @Test
  void namesParametersByTheNumbersOfTheirLayers() {
    Linear first = Linear.of(2, 3, random);
    Linear second = Linear.of(3, 4, random);
    Linear inner = Linear.of(4, 1, random);
    Sequential model =
        Sequential.of(
            new Flatten(), first, Activation.RELU, second, Sequential.of(new Dropout(0.5), inner));

    assertThat(model.parameters().sequencedKeySet())
        .containsExactly("1.weight", "1.bias", "3.weight", "3.bias", "4.1.weight", "4.1.bias");
    assertThat(model.parameters().get("1.weight")).isSameAs(first.weight());
    assertThat(model.parameters().get("3.bias")).isSameAs(second.bias());
    assertThat(model.parameters().get("4.1.weight")).isSameAs(inner.weight());
  }

  @Test
  void tellsEachLayerItsPlaceAsInTheNamesOfParameters() {
    List<Pass> passes = new ArrayList<>();
    Layer spy =
        (input, pass) -> {
          passes.add(pass);
          return input;
        };

    Sequential.of(spy, Sequential.of(spy, spy)).forward(INPUT, Pass.training(7, 5));

    assertThat(passes)
        .containsExactly(
            new Pass(true, 7, 5, "0"), new Pass(true, 7, 5, "1.0"), new Pass(true, 7, 5, "1.1"));
  }

  @Test
  void keepsACopyOfTheList() {
    List<Layer> layers = new ArrayList<>(List.of(Activation.RELU));
    Sequential model = new Sequential(layers);
    layers.clear();

    assertThat(model.forward(INPUT).toArray()).containsExactly(3, 0);
  }
}
