package dev.descent.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LSTM and GRU against PyTorch's, in the numbers that recurrent.py wrote. */
class RecurrentTest {
  private static final Pass TRAINING = Pass.training(1, 0);

  private static final Map<String, double[]> EXPECTED = read();

  private static Map<String, double[]> read() {
    try (InputStream text = RecurrentTest.class.getResourceAsStream("recurrent.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(": "))
          .collect(
              Collectors.toMap(
                  line -> line[0],
                  line ->
                      Arrays.stream(line[1].split(", "))
                          .mapToDouble(Double::parseDouble)
                          .toArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Parameter wave(Shape shape, double shift) {
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.8 * Math.sin(1.7 * i + shift));
    }
    return Parameter.of(shape, values);
  }

  /** Layers from 3 features to 2 cells, each parameter filled by its number. */
  private static List<RecurrentWeights> weights(int gates, int layers) {
    List<RecurrentWeights> all = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      int n = 4 * i;
      all.add(
          new RecurrentWeights(
              wave(Shape.of(gates * 2, i == 0 ? 3 : 2), n),
              wave(Shape.of(gates * 2, 2), n + 1),
              wave(Shape.of(gates * 2), n + 2),
              wave(Shape.of(gates * 2), n + 3)));
    }
    return all;
  }

  private static void assertIs(String name, Tensor actual) {
    double[] expected = EXPECTED.get(name);
    assertThat(expected).describedAs(name).hasSize(actual.size());
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.toArray()[i])
          .describedAs("%s, %d", name, i)
          .isCloseTo(expected[i], within(3e-6 * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @ParameterizedTest
  @CsvSource({"lstm, 1, false", "lstm, 1, true", "lstm, 2, false", "lstm, 2, true"})
  void lstmIsPyTorchs(String kind, int layers, boolean fromState) {
    Lstm layer = new Lstm(weights(4, layers), new Dropout(0), false);
    Parameter input = wave(Shape.of(2, 4, 3), 0.5);
    Parameter hidden = wave(Shape.of(layers, 2, 2), 0.25);
    Parameter cell = wave(Shape.of(layers, 2, 2), 1.25);

    Lstm.Result result =
        layer.run(input, fromState ? new Lstm.State(hidden, cell) : null, TRAINING);

    Tensor last = result.last().hidden().sum().plus(result.last().cell().sum());
    String name = "%s of %d%s".formatted(kind, layers, fromState ? " from a state" : "");
    assertIs(name + " last 0", result.last().hidden());
    assertIs(name + " last 1", result.last().cell());
    assertGradients(name, layer, input, result.sequence(), last);
    if (fromState) {
      assertIs(name + " initial 0 gradient", hidden.gradient());
      assertIs(name + " initial 1 gradient", cell.gradient());
    }
  }

  @ParameterizedTest
  @CsvSource({"gru, 1, false", "gru, 1, true", "gru, 2, false", "gru, 2, true"})
  void gruIsPyTorchs(String kind, int layers, boolean fromState) {
    Gru layer = new Gru(weights(3, layers), new Dropout(0), false);
    Parameter input = wave(Shape.of(2, 4, 3), 0.5);
    Parameter initial = wave(Shape.of(layers, 2, 2), 0.25);

    Gru.Result result = layer.run(input, fromState ? initial : null, TRAINING);

    String name = "%s of %d%s".formatted(kind, layers, fromState ? " from a state" : "");
    assertIs(name + " last 0", result.last());
    assertGradients(name, layer, input, result.sequence(), result.last().sum());
    if (fromState) {
      assertIs(name + " initial 0 gradient", initial.gradient());
    }
  }

  /** Of 2 and of 4 steps, what comes after the end of the first as wild as can be. */
  private static Parameter ofSeveralLengths() {
    Parameter input = wave(Shape.of(2, 4, 3), 0.5);
    Arrays.fill(input.array(), 2 * 3, 4 * 3, 1e9f);
    return input;
  }

  @Test
  void lstmOfSeveralLengthsIsPyTorchsOfPackedSequences() {
    Lstm layer = new Lstm(weights(4, 2), new Dropout(0), false);
    Parameter input = ofSeveralLengths();
    Parameter hidden = wave(Shape.of(2, 2, 2), 0.25);
    Parameter cell = wave(Shape.of(2, 2, 2), 1.25);

    Lstm.Result result = layer.run(input, Indices.of(2, 4), new Lstm.State(hidden, cell), TRAINING);

    String name = "lstm of several lengths";
    assertIs(name + " last 0", result.last().hidden());
    assertIs(name + " last 1", result.last().cell());
    Tensor last = result.last().hidden().sum().plus(result.last().cell().sum());
    assertGradients(name, layer, input, result.sequence(), last);
    assertIs(name + " initial 0 gradient", hidden.gradient());
    assertIs(name + " initial 1 gradient", cell.gradient());
  }

  @Test
  void gruOfSeveralLengthsIsPyTorchsOfPackedSequences() {
    Gru layer = new Gru(weights(3, 2), new Dropout(0), false);
    Parameter input = ofSeveralLengths();
    Parameter initial = wave(Shape.of(2, 2, 2), 0.25);

    Gru.Result result = layer.run(input, Indices.of(2, 4), initial, TRAINING);

    String name = "gru of several lengths";
    assertIs(name + " last 0", result.last());
    assertGradients(name, layer, input, result.sequence(), result.last().sum());
    assertIs(name + " initial 0 gradient", initial.gradient());
  }

  @Test
  void aSequenceOfNoStepsEndsWhereItBegan() {
    Tensor input = wave(Shape.of(2, 4, 3), 0.5);
    Tensor initial = wave(Shape.of(1, 2, 2), 0.25);
    Gru gru = new Gru(weights(3, 1), new Dropout(0), false);

    Gru.Result result = gru.run(input, Indices.of(0, 4), initial, TRAINING);

    assertThat(result.last().slice(1, 0, 1).toArray())
        .containsExactly(initial.slice(1, 0, 1).toArray());
    assertThat(result.sequence().slice(0, 0, 1).toArray()).containsOnly(0);
    assertThat(result.sequence().slice(0, 1, 2).toArray())
        .containsExactly(gru.run(input, initial, TRAINING).sequence().slice(0, 1, 2).toArray());
  }

  private static void assertGradients(
      String name, Layer layer, Parameter input, Tensor output, Tensor more) {
    assertThat(output.shape()).isEqualTo(Shape.of(2, 4, 2));
    assertIs(name + " output", output);
    float[] factors = new float[16];
    for (int i = 0; i < 16; i++) {
      factors[i] = (i + 1) / 10f;
    }

    output.times(Tensor.of(output.shape(), factors)).sum().plus(more).backward();

    assertIs(name + " input gradient", input.gradient());
    layer
        .parameters()
        .forEach(
            (key, parameter) -> assertIs(name + " " + key + " gradient", parameter.gradient()));
  }

  @Test
  void theLastOutputIsThatAfterTheLastStep() {
    Tensor input = wave(Shape.of(2, 4, 3), 0.5);
    Lstm lstm = new Lstm(weights(4, 2), new Dropout(0), false);
    Gru gru = new Gru(weights(3, 2), new Dropout(0), false);

    assertThat(lstm.lastOnly().forward(input).toArray())
        .containsExactly(lstm.forward(input).slice(1, 3, 4).toArray());
    assertThat(gru.lastOnly().forward(input).toArray())
        .containsExactly(gru.forward(input).slice(1, 3, 4).toArray());
    assertThat(lstm.lastOnly().forward(input).shape()).isEqualTo(Shape.of(2, 2));
  }

  @Test
  void aSequenceReadInPiecesGivesTheSameBits() {
    Tensor input = wave(Shape.of(2, 4, 3), 0.5);
    Tensor before = input.slice(1, 0, 1);
    Tensor after = input.slice(1, 1, 4);
    Lstm lstm = new Lstm(weights(4, 2), new Dropout(0), false);
    Gru gru = new Gru(weights(3, 2), new Dropout(0), false);

    Lstm.Result lstmAfter = lstm.run(after, lstm.run(before, null, TRAINING).last(), TRAINING);
    Gru.Result gruAfter = gru.run(after, gru.run(before, null, TRAINING).last(), TRAINING);

    assertThat(lstmAfter.sequence().toArray())
        .containsExactly(lstm.forward(input).slice(1, 1, 4).toArray());
    assertThat(gruAfter.sequence().toArray())
        .containsExactly(gru.forward(input).slice(1, 1, 4).toArray());
  }

  @Test
  void dropoutIsBetweenLayersInTraining() {
    Tensor input = wave(Shape.of(2, 4, 3), 0.5);
    for (int layers = 1; layers <= 2; layers++) {
      Layer plain = new Gru(weights(3, layers), new Dropout(0), false);
      Layer dropping = new Gru(weights(3, layers), new Dropout(0.5), false);
      float[] expected = plain.forward(input).toArray();

      assertThat(dropping.forward(input).toArray()).containsExactly(expected);
      float[] dropped = dropping.forward(input, TRAINING).toArray();
      assertThat(Arrays.equals(dropped, expected)).isEqualTo(layers == 1);
      assertThat(dropped).doesNotContain(0);
      assertThat(dropping.forward(input, TRAINING).toArray()).containsExactly(dropped);
    }
  }

  @Test
  void startAsPyTorchsAndNameTheirParametersLikeIt() {
    RandomStream random = RandomStream.of(1, "test");
    Layer model = Sequential.of(Lstm.of(3, 16, 2, 0.5, random), Gru.of(16, 64, random));

    assertThat(model.parameters().sequencedKeySet())
        .containsExactly(
            "0.weight_ih_l0",
            "0.weight_hh_l0",
            "0.bias_ih_l0",
            "0.bias_hh_l0",
            "0.weight_ih_l1",
            "0.weight_hh_l1",
            "0.bias_ih_l1",
            "0.bias_hh_l1",
            "1.weight_ih_l0",
            "1.weight_hh_l0",
            "1.bias_ih_l0",
            "1.bias_hh_l0");
    model
        .parameters()
        .forEach((name, parameter) -> {
          float bound = name.startsWith("0") ? 0.25f : 0.125f;
          assertThat(parameter.max().item()).isBetween(0.7f * bound, bound);
          assertThat(parameter.min().item()).isBetween(-bound, -0.7f * bound);
        });
    assertThat(model.parameters().get("0.weight_ih_l0").shape()).isEqualTo(Shape.of(64, 3));
    assertThat(model.parameters().get("0.weight_ih_l1").shape()).isEqualTo(Shape.of(64, 16));
    assertThat(model.parameters().get("1.weight_hh_l0").shape()).isEqualTo(Shape.of(192, 64));
  }

  @Test
  void refuseWhatDoesNotFit() {
    RandomStream random = RandomStream.of(1, "test");
    Lstm lstm = Lstm.of(3, 2, random);
    Gru gru = Gru.of(3, 2, random);
    Tensor input = Tensor.zeros(Shape.of(2, 4, 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm.forward(Tensor.zeros(Shape.of(2, 3))))
        .isInstanceOf(ShapeException.class)
        .withMessage(
            "lstm of [2, 3] and [8, 3]: expected [batch, time, in] and a weight [..., in]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gru.forward(Tensor.zeros(Shape.of(2, 4, 5))))
        .withMessage(
            "gru of [2, 4, 5] and [6, 3]: expected [batch, time, in] and a weight [..., in]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gru.run(input, Tensor.zeros(Shape.of(2, 2)), TRAINING))
        .withMessage("gru of [2, 2]: expected an initial state of [1, 2, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm.run(input, Indices.of(4), null, TRAINING))
        .isInstanceOf(ShapeException.class)
        .withMessage("lstm of [2, 4, 3] and [1]: expected a length for each sequence");
    for (int length : new int[] {-1, 5}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> gru.run(input, Indices.of(4, length), null, TRAINING))
          .withMessage("gru: length %d of sequence 1; expected 0 to 4", length);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lstm.of(0, 2, random))
        .withMessage("lstm from 0 to 2 in 1 layers; expected at least 1 of each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gru.of(3, 2, 2, 1, random))
        .withMessage("dropout is 1.0; expected 0 <= dropout < 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lstm(List.of(), new Dropout(0), false))
        .withMessage("an lstm without layers; expected at least one");
  }
}
