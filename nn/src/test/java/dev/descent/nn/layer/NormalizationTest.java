package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.PyTorchNumbers;
import org.junit.jupiter.api.Test;

/** The normalising layers against PyTorch's, in the numbers that normalization.py wrote. */
class NormalizationTest {
  private static final float[] INPUT = {
    0.5f, -1.25f, 2, 0.75f, 3.5f, -0.5f, 1, 0.25f, -2, 1.5f, 0.125f, -0.75f
  };

  private static final Pass TRAINING = Pass.training(1, 0);

  private static final PyTorchNumbers EXPECTED =
      PyTorchNumbers.beside(NormalizationTest.class, "normalization.txt");

  private static Tensor line(Shape shape, float from, float to) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + (to - from) * i / (values.length - 1);
    }
    return Tensor.of(shape, values);
  }

  private static Parameter weight(int... lengths) {
    return Parameter.of(line(Shape.of(lengths), 0.5f, 1.5f));
  }

  private static Parameter bias(int... lengths) {
    return Parameter.of(line(Shape.of(lengths), -0.5f, 0.5f));
  }

  /** Output and gradients in training. */
  private static void assertIsPyTorchs(String name, Layer layer, int... lengths) {
    Parameter input = Parameter.of(Shape.of(lengths), INPUT.clone());
    Tensor factors = line(input.shape(), 1, 12);

    Tensor output = layer.forward(input, TRAINING);
    output.times(factors).sum().backward();

    EXPECTED.assertIs(name + " output", output);
    EXPECTED.assertIs(name + " input gradient", input.gradient());
    layer
        .parameters()
        .forEach((key, parameter) ->
            EXPECTED.assertIs(name + " " + key + " gradient", parameter.gradient()));
    layer.buffers().forEach((key, buffer) -> EXPECTED.assertIs(name + " " + key, buffer));
  }

  @Test
  void layerNormIsPyTorchs() {
    assertIsPyTorchs("layer norm", new LayerNorm(weight(3), bias(3), 1e-5f), 4, 3);
    assertIsPyTorchs(
        "layer norm of two axes", new LayerNorm(weight(2, 3), bias(2, 3), 1e-5f), 2, 2, 3);
  }

  @Test
  void rmsNormIsPyTorchs() {
    assertIsPyTorchs("rms norm", new RmsNorm(weight(3), 0x1p-23f), 4, 3);
    assertThat(RmsNorm.of(3).epsilon()).isEqualTo(0x1p-23f);
  }

  @Test
  void batchNormIsPyTorchsInTrainingAndThenInEvaluation() {
    assertFollowsAsPyTorchs("batch norm", batchNorm(3), 4, 3);
    assertFollowsAsPyTorchs("batch norm, cumulative", batchNorm(3).withMomentum(null), 4, 3);
    assertFollowsAsPyTorchs("batch norm of images", batchNorm(2), 3, 2, 1, 2);
  }

  private static void assertFollowsAsPyTorchs(String name, BatchNorm layer, int... lengths) {
    assertIsPyTorchs(name, layer, lengths);
    Tensor input = Tensor.of(Shape.of(lengths), INPUT);
    EXPECTED.assertIs(name + " evaluation", layer.forward(input));

    layer.forward(input.square(), TRAINING);

    layer.buffers().forEach((key, buffer) -> EXPECTED.assertIs(name + " second " + key, buffer));
  }

  private static BatchNorm batchNorm(int channels) {
    BatchNorm fresh = BatchNorm.of(channels);
    return new BatchNorm(
        weight(channels),
        bias(channels),
        fresh.runningMean(),
        fresh.runningVariance(),
        fresh.batchesTracked(),
        fresh.momentum(),
        fresh.epsilon());
  }

  @Test
  void aFrozenBatchNormUsesAndKeepsItsRunningMoments() {
    BatchNorm layer = batchNorm(3);
    Tensor input = Tensor.of(Shape.of(4, 3), INPUT);
    layer.forward(input, TRAINING);
    Tensor evaluated = layer.forward(input);
    float[] mean = layer.runningMean().toArray();

    layer.freeze();

    assertThat(layer.forward(input, TRAINING).toArray()).isEqualTo(evaluated.toArray());
    assertThat(layer.runningMean().toArray()).isEqualTo(mean);
    assertThat(layer.batchesTracked().item()).isEqualTo(1);
    layer.unfreeze();
    layer.forward(input, TRAINING);
    assertThat(layer.batchesTracked().item()).isEqualTo(2);
    assertThat(layer.runningMean().toArray()).isNotEqualTo(mean);
  }

  @Test
  void evaluationLeavesTheRunningStatisticsAlone() {
    BatchNorm layer = BatchNorm.of(3);

    layer.forward(Tensor.of(Shape.of(4, 3), INPUT));

    assertThat(layer.runningMean().toArray()).containsOnly(0);
    assertThat(layer.runningVariance().toArray()).containsOnly(1);
  }

  @Test
  void startAsPyTorchs() {
    LayerNorm layerNorm = LayerNorm.of(2, 3);
    assertThat(layerNorm.weight().shape()).isEqualTo(Shape.of(2, 3));
    assertThat(layerNorm.weight().toArray()).containsOnly(1);
    assertThat(layerNorm.bias().toArray()).containsOnly(0);
    assertThat(layerNorm.epsilon()).isEqualTo(1e-5f);
    assertThat(RmsNorm.of(3).weight().toArray()).containsExactly(1, 1, 1);
    BatchNorm batchNorm = BatchNorm.of(3);
    assertThat(batchNorm.weight().toArray()).containsExactly(1, 1, 1);
    assertThat(batchNorm.bias().toArray()).containsExactly(0, 0, 0);
    assertThat(batchNorm.momentum()).isEqualTo(0.1f);
    assertThat(batchNorm.epsilon()).isEqualTo(1e-5f);
  }

  @Test
  void nameTheirTensorsAsPyTorchDoes() {
    Layer model = Sequential.of(LayerNorm.of(3), RmsNorm.of(3), BatchNorm.of(3));

    assertThat(model.parameters().sequencedKeySet())
        .containsExactly("0.weight", "0.bias", "1.weight", "2.weight", "2.bias");
    assertThat(model.buffers().sequencedKeySet())
        .containsExactly("2.running_mean", "2.running_var", "2.num_batches_tracked");
  }

  @Test
  void refuseWhatDoesNotFit() {
    BatchNorm layer = BatchNorm.of(3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.forward(Tensor.zeros(Shape.of(4, 2))))
        .isInstanceOf(ShapeException.class)
        .withMessage("batchNorm of [4, 2] and [3]: expected [batch, channels, ...] and [channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.forward(Tensor.zeros(Shape.of(3))))
        .withMessage("batchNorm of [3] and [3]: expected [batch, channels, ...] and [channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.forward(Tensor.zeros(Shape.of(1, 3)), TRAINING))
        .withMessage("batchNorm of [1, 3]: training needs more than one element for each channel");
    Tensor mean = layer.runningMean();
    Tensor variance = layer.runningVariance();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new BatchNorm(weight(3), bias(2), mean, variance, Tensor.scalar(0), 1f, 1))
        .withMessage("batchNorm of [3] and [2]: expected all of [channels]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchNorm(weight(3), bias(3), mean, variance, mean, 1f, 1))
        .withMessage("batchNorm of [3]: expected a scalar that counts batches");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.withMomentum(2f))
        .withMessage("batch norm's momentum is 2.0; expected 0 <= momentum <= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RmsNorm(weight(3), Float.NaN))
        .withMessage("epsilon is NaN; expected a finite number, at least 0");
  }
}
