package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.autodiff.Graph;
import dev.descent.core.kernel.Window;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever observes a pass sees one layer after the other; the bits are the same for all. */
class RectifiableTest {
  private static final RandomStream RANDOM = RandomStream.of(1, "test");
  private static final Shape IMAGES = Shape.of(3, 2, 7, 8);

  static Stream<Sequential> models() {
    Window three = Window.of(3);
    Conv2d convolution = Conv2d.of(2, 4, three.padding(1), RANDOM);
    return Stream.of(
        Sequential.of(convolution, Activation.RELU),
        Sequential.of(convolution.withoutBias(), Activation.RELU, Activation.RELU),
        Sequential.of(convolution, Activation.RELU, MaxPool2d.of(2)),
        Sequential.of(convolution, Activation.RELU, new MaxPool2d(three, three.stride(2))),
        Sequential.of(
            convolution,
            Activation.RELU,
            new MaxPool2d(Window.of(2).padding(1).dilation(8), three.padding(1))),
        Sequential.of(Activation.RELU, MaxPool2d.of(2), Activation.RELU, MaxPool2d.of(2)),
        Sequential.of(MaxPool2d.of(2), Activation.RELU, convolution, Activation.TANH),
        Sequential.of(
            convolution,
            Activation.RELU,
            MaxPool2d.of(3),
            new Flatten(),
            Linear.of(16, 5, RANDOM),
            Activation.RELU,
            new Dropout(0.5),
            Linear.of(5, 3, RANDOM)),
        Sequential.of(Linear.of(8, 3, RANDOM), Activation.RELU));
  }

  /** Elements that are equal, not finite, or a zero of either sign are among them. */
  private static Parameter images() {
    RandomStream random = RandomStream.of(2, "images");
    float[] special = {0, -0f, 1, 1, -1, Float.NaN, Float.NEGATIVE_INFINITY, 3e38f};
    float[] values = new float[IMAGES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          i < values.length / 3
              ? 4 * random.nextFloat() - 2
              : i < 2 * values.length / 3
                  ? special[(int) (5 * random.nextFloat())]
                  : special[(int) (8 * random.nextFloat())];
    }
    return Parameter.of(IMAGES, values);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theBitsAreThoseOfOneLayerAfterTheOther(Sequential model) {
    List<Tensor> fused = bits(model, Pass.training(7, 3));
    List<Tensor> seen = new ArrayList<>();
    Pass.Observer observer = (place, output) -> seen.add(output);
    List<Tensor> plain = bits(model, new Pass(true, 7, 3, "", observer));

    assertThat(seen).hasSameSizeAs(model.layers());
    assertThat(fused).hasSameSizeAs(plain);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(rawBits(fused.get(i))).containsExactly(rawBits(plain.get(i)));
    }
  }

  /** The output, and the gradients of the images and of all parameters. */
  private static List<Tensor> bits(Layer model, Pass pass) {
    Parameter images = images();
    List<Parameter> parameters = new ArrayList<>(model.parameters().values());
    parameters.add(images);
    Tensor output = model.forward(images, pass);
    float[] weights = new float[output.size()];
    RandomStream random = RandomStream.of(3, "weights");
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 7 == 0 ? -0f : 2 * random.nextFloat() - 1;
    }
    Tensor loss = output.times(Tensor.of(output.shape(), weights)).sum();
    List<Tensor> all = new ArrayList<>(loss.gradients(parameters));
    all.add(output);
    return all;
  }

  private static int[] rawBits(Tensor tensor) {
    int[] bits = new int[tensor.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(tensor.array()[tensor.offset() + i]);
    }
    return bits;
  }

  @Test
  void theEncodersHiddenUnitsAreRectifiedAlike() {
    TransformerEncoderLayer encoder = TransformerEncoderLayer.of(8, 2, 16, 0.5, RANDOM);
    Tensor input = Tensor.ones(Shape.of(2, 3, 8));
    List<String> places = new ArrayList<>();

    Tensor fused = encoder.forward(input, Pass.training(7, 3));
    Tensor plain =
        encoder.forward(input, new Pass(true, 7, 3, "", (place, output) -> places.add(place)));

    assertThat(places).contains("linear1");
    assertThat(rawBits(fused)).containsExactly(rawBits(plain));
    assertThat(Graph.of(fused).toString()).contains("RectifiedAffine").doesNotContain("Relu");
  }

  @Test
  void nobodyPaysForWhatNobodySees() {
    Layer model =
        Sequential.of(
            Conv2d.of(2, 4, Window.of(3), RANDOM),
            Activation.RELU,
            Conv2d.of(4, 4, Window.of(2), RANDOM),
            Activation.RELU,
            MaxPool2d.of(2),
            new Flatten(),
            Linear.of(16, 3, RANDOM),
            Activation.RELU);

    assertThat(Graph.of(model.forward(images())).toString())
        .contains("RectifiedConv2d", " Conv2d", "RectifiedMaxPool2d", "RectifiedAffine")
        .doesNotContain("Relu");
  }
}
