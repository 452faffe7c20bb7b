package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Conv2dTest {
  private static final Parameter WEIGHT = Parameter.of(Shape.of(2, 1, 1, 2), 1, 2, 10, 20);
  private static final Parameter BIAS = Parameter.of(Shape.of(2), 100, 200);
  private static final Conv2d LAYER =
      new Conv2d(WEIGHT, BIAS, Window.of(1).stride(2), Window.of(2).padding(1), 1);

  @Test
  void slidesItsKernelDownAndToTheRight() {
    Tensor images = Tensor.of(Shape.of(1, 1, 3, 2), 1, 2, 7, 7, 3, 4);

    Tensor output = LAYER.forward(images);

    assertThat(output.shape()).isEqualTo(Shape.of(1, 2, 2, 3));
    assertThat(output.toArray())
        .containsExactly(102, 105, 102, 106, 111, 104, 220, 250, 220, 260, 310, 240);
    assertThat(LAYER.withoutBias().forward(images).toArray())
        .containsExactly(2, 5, 2, 6, 11, 4, 20, 50, 20, 60, 110, 40);
  }

  @Test
  void gradientsReachWeightAndBias() {
    Conv2d layer =
        new Conv2d(Parameter.of(WEIGHT), Parameter.of(BIAS), Window.of(1), Window.of(2), 1);

    layer.forward(Tensor.of(Shape.of(2, 1, 1, 2), 1, 2, 3, 4)).sum().backward();

    assertThat(layer.weight().gradient().toArray()).containsExactly(4, 6, 4, 6);
    assertThat(layer.bias().gradient().toArray()).containsExactly(2, 2);
  }

  @Test
  void namesItsParametersAsPyTorchDoes() {
    assertThat(LAYER.parameters().sequencedKeySet()).containsExactly("weight", "bias");
    assertThat(LAYER.parameters().get("weight")).isSameAs(WEIGHT);
    assertThat(LAYER.parameters().get("bias")).isSameAs(BIAS);
    assertThat(LAYER.withoutBias().parameters().sequencedKeySet()).containsExactly("weight");
  }

  @Test
  void startsAsPyTorchDoes() {
    Conv2d layer = Conv2d.of(16, 64, Window.of(5), RandomStream.of(1, "test"));

    assertThat(layer.weight().shape()).isEqualTo(Shape.of(64, 16, 5, 5));
    assertThat(layer.bias().shape()).isEqualTo(Shape.of(64));
    // 1 / sqrt(16 * 5 * 5); of so many numbers some come close to the bound.
    assertThat(greatest(layer.weight())).isBetween(0.0499f, 0.05f);
    assertThat(greatest(layer.bias())).isBetween(0.046f, 0.05f);
  }

  @Test
  void tellsBothInitializersTheFans() {
    List<String> asked = new ArrayList<>();
    Initializer spy =
        (shape, fanIn, fanOut, _) -> {
          asked.add(shape + " " + fanIn + " " + fanOut);
          return Tensor.full(shape, asked.size());
        };

    Conv2d layer =
        Conv2d.of(4, 6, Window.of(3), Window.of(2), 2, spy, spy, RandomStream.of(1, "test"));

    assertThat(asked).containsExactly("[6, 2, 3, 2] 12 18", "[6] 12 18");
    assertThat(layer.weight().toArray()).containsOnly(1);
    assertThat(layer.bias().toArray()).containsOnly(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 3, 1", "3, 0, 1", "1, 1, 0", "4, 6, 4", "6, 4, 4"})
  void refusesChannelsThatDoNotComeOutEven(int in, int out, int groups) {
    Window window = Window.of(1);
    Initializer zero = Initializer.constant(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Conv2d.of(in, out, window, window, groups, zero, zero, RandomStream.of(1, "test")))
        .withMessage(
            "a convolution from %d to %d channels in %d groups; expected at least 1 of each, and as"
                + " many channels in each group",
            in, out, groups);
  }

  private static float greatest(Tensor tensor) {
    float greatest = 0;
    for (float value : tensor.toArray()) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }
}
