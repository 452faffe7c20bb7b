package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Adam;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers that are made of layers: names, places, freezing, and the table of what is there. */
class CompositionTest {
  private final RandomStream random = RandomStream.of(1, "test");

  /** A layer as a reader would write it: inner layers and a parameter of its own. */
  private record Scaled(Layer body, Linear head, Parameter scale) implements Layer {
    @Override
    public Tensor forward(Tensor input, Pass pass) {
      Tensor hidden = pass.apply("body", body, input);
      return pass.apply("head", head, hidden).times(scale);
    }

    @Override
    public Parts parts() {
      return new Parts().layer("body", body).layer("head", head).parameter("scale", scale);
    }
  }

  private Scaled model() {
    Layer body =
        Sequential.of(
            Linear.of(3, 4, random), BatchNorm.of(4), Residual.of(Linear.of(4, 4, random)));
    return new Scaled(body, Linear.of(4, 2, random), Parameter.of(Tensor.ones(Shape.of(2))));
  }

  @Test
  void aReadersOwnLayerNamesItsParametersAsPyTorchDoes() {
    Scaled model = model();

    assertThat(model.parameters().sequencedKeySet())
        .containsExactly(
            "body.0.weight",
            "body.0.bias",
            "body.1.weight",
            "body.1.bias",
            "body.2.inner.weight",
            "body.2.inner.bias",
            "head.weight",
            "head.bias",
            "scale");
    assertThat(model.buffers().sequencedKeySet())
        .containsExactly("body.1.running_mean", "body.1.running_var", "body.1.num_batches_tracked");
    assertThat(model.parameters().get("head.weight")).isSameAs(model.head().weight());
    assertThat(model.parameters().get("scale")).isSameAs(model.scale());
  }

  @Test
  void innerLayersKnowTheirPlaceAndAnObserverSeesThem() {
    List<String> seen = new ArrayList<>();
    Layer spy =
        (input, pass) -> {
          seen.add("at " + pass.place());
          return input;
        };
    Layer outer = (input, pass) -> pass.apply("outer", Residual.of(spy), input);
    Pass pass = new Pass(true, 1, 2, "", (place, output) -> seen.add(place + " " + output.shape()));

    outer.forward(Tensor.ones(Shape.of(1, 2)), pass);

    assertThat(seen).containsExactly("at outer.inner", "outer.inner [1, 2]", "outer [1, 2]");
  }

  @Test
  void residualAddsItsInputOrTheShortcut() {
    Layer twice = (input, _) -> input.times(2);
    Layer plusOne = (input, _) -> input.plus(1);
    Tensor input = Tensor.of(Shape.of(1, 2), 3, -4);

    assertThat(Residual.of(twice).forward(input).toArray()).containsExactly(9, -12);
    assertThat(new Residual(twice, plusOne).forward(input).toArray()).containsExactly(10, -11);
    assertThat(
            new Residual(Linear.of(2, 3, random), Linear.of(2, 3, random))
                .parameters()
                .sequencedKeySet())
        .containsExactly("inner.weight", "inner.bias", "shortcut.weight", "shortcut.bias");
  }

  @Test
  void linearIsAppliedToEachPosition() {
    Linear layer = Linear.of(3, 2, random);
    Parameter input = Parameter.of(Shape.of(2, 2, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3);

    Tensor output = layer.forward(input);
    output.sum().backward();

    assertThat(output.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(output.toArray()).isEqualTo(layer.forward(input.reshape(4, 3)).toArray());
    assertThat(input.gradient().shape()).isEqualTo(input.shape());
    assertThat(layer.bias().gradient().toArray()).containsExactly(4, 4);
    assertThat(layer.forward(Tensor.ones(Shape.of(3))).shape()).isEqualTo(Shape.of(2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.forward(Tensor.ones(Shape.of(2, 2, 2))))
        .withMessage("linear of [2, 2, 2] and [2, 3]: expected [..., in] and a weight [out, in]");
  }

  @Test
  void partsHaveNamesOfTheirOwn() {
    Parts parts = new Parts().layer("a", Activation.RELU).parameter("none", null);

    assertThat(parts.parameters()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parts.buffer("a", Tensor.scalar(1)))
        .withMessage("two parts are named \"a\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parts.layer("a.b", Activation.RELU))
        .withMessage("a part is named \"a.b\"; expected a name without dots");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parts.layer("", Activation.RELU))
        .withMessage("a part is named \"\"; expected a name without dots");
  }

  @Test
  void frozenLayersStayAsTheyAreWhileOthersLearn() {
    Scaled model = model();
    Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), 0.1);
    model.body().freeze();
    List<float[]> before = model.parameters().values().stream().map(Parameter::toArray).toList();
    float[] mean = model.buffers().get("body.1.running_mean").toArray();
    Tensor input = Tensor.of(Shape.of(2, 3), 1, 2, 3, -1, 0, 2);

    model.forward(input, Pass.training(1, 0)).square().sum().backward();
    optimizer.step();

    List<float[]> after = model.parameters().values().stream().map(Parameter::toArray).toList();
    for (int i = 0; i < 6; i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
    for (int i = 6; i < 9; i++) {
      assertThat(after.get(i)).isNotEqualTo(before.get(i));
    }
    assertThat(model.buffers().get("body.1.running_mean").toArray()).isEqualTo(mean);
    model.body().unfreeze();
    assertThat(model.parameters().values()).allMatch(Parameter::trainable);
  }

  @Test
  void summaryIsATableOfLayers() {
    Scaled model = model();
    model.body().freeze();
    model.head().bias().trainable(false);

    Summary summary = model.summary(Shape.of(8, 3));

    assertThat(summary)
        .hasToString(
            """
            layer               output  parameters
            Scaled              [8, 2]          56  46 frozen
              body Sequential   [8, 4]          44  frozen
                0 Linear        [8, 4]          16  frozen
                1 BatchNorm     [8, 4]           8  frozen
                2 Residual      [8, 4]          20  frozen
                  inner Linear  [8, 4]          20  frozen
              head Linear       [8, 2]          10  2 frozen

            56 parameters: 10 trainable, 46 frozen\
            """);
    assertThat(summary.rows().getLast())
        .isEqualTo(new Summary.Row("head", "Linear", Shape.of(8, 2), 10, 2));
  }

  @Test
  void summaryNamesFunctionsAndCountsSharedParametersOnce() {
    Linear shared = Linear.of(40, 40, random);
    Layer hidden = (input, pass) -> shared.forward(input, pass);
    Summary summary =
        Sequential.of(shared, Activation.GELU, hidden, shared).summary(Shape.of(1, 40));

    assertThat(summary)
        .hasToString(
            """
            layer       output   parameters
            Sequential  [1, 40]       3,280
              0 Linear  [1, 40]       1,640
              1 GELU    [1, 40]           0
              2 Layer   [1, 40]           0
              3 Linear  [1, 40]       1,640

            1,640 parameters: 1,640 trainable, 0 frozen\
            """);
  }
}
