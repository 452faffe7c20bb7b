package dev.descent.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.PyTorchNumbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and their gradients against PyTorch's, in the numbers that losses.py wrote. */
class PyTorchLossesTest {
  private static final PyTorchNumbers EXPECTED =
      PyTorchNumbers.beside(PyTorchLossesTest.class, "losses.txt");

  private static final Shape SHAPE = Shape.of(4, 3);
  private static final float[] LOGITS = {
    0.5f, -1.25f, 3, 2, 2, -4, -0.125f, 0.75f, 0.0625f, 10, -20, 30
  };
  private static final float[] EXTREME = {
    1e4f, -1e4f, 0, -1e4f, 1e4f, 1e4f, 0, 1e4f, -1e4f, -1e4f, 0, -1e4f
  };
  private static final Indices LABELS = Indices.of(2, 0, 1, 0);
  private static final Indices IGNORING = Indices.of(2, -7, 1, -7);
  private static final double[] WEIGHTS = {0.5, 2, 1.25};
  private static final Tensor ANSWERS =
      Tensor.of(SHAPE, 1, 0, 1, 0.25f, 0.5f, 1, 0, 0, 1, 1, 0, 0.75f);
  private static final Tensor VALUES =
      Tensor.of(SHAPE, 1, -1, 0.25f, 0, 2.5f, -3, 0.375f, 0.75f, -0.9375f, 9.5f, -19, 30.25f);
  private static final Tensor TEACHER =
      Tensor.of(SHAPE, 0.25f, 0.5f, 0.25f, 0, 1, 0, 0.125f, 0.375f, 0.5f, 0.5f, 0.25f, 0.25f);

  private record TwoTargets(Indices parity, Tensor value) {}

  private static final Map<String, Function<Parameter, Tensor>> LOSSES = new LinkedHashMap<>();

  static {
    LOSSES.put("cross entropy", x -> new CrossEntropy().of(x, LABELS));
    LOSSES.put("smoothed", x -> new CrossEntropy().withLabelSmoothing(0.1).of(x, LABELS));
    LOSSES.put("weighted", x -> new CrossEntropy().withClassWeights(WEIGHTS).of(x, LABELS));
    LOSSES.put("ignoring", x -> new CrossEntropy().ignoring(-7).of(x, IGNORING));
    CrossEntropy allThree =
        new CrossEntropy().ignoring(-7).withClassWeights(WEIGHTS).withLabelSmoothing(0.3);
    LOSSES.put("all three", x -> allThree.of(x, IGNORING));
    LOSSES.put("negative log likelihood", x -> new NegativeLogLikelihood().of(x, LABELS));
    NegativeLogLikelihood ofSome =
        new NegativeLogLikelihood().withClassWeights(WEIGHTS).ignoring(-7);
    LOSSES.put("negative log likelihood of some", x -> ofSome.of(x, IGNORING));
    BinaryCrossEntropyWithLogits binary = new BinaryCrossEntropyWithLogits();
    LOSSES.put("binary", x -> binary.of(x, ANSWERS));
    LOSSES.put("binary of weight 3", x -> binary.withPositiveWeight(3).of(x, ANSWERS));
    LOSSES.put("binary of three weights", x -> binary.withPositiveWeight(WEIGHTS).of(x, ANSWERS));
    LOSSES.put("mean squared error", x -> new MeanSquaredError().of(x, VALUES));
    LOSSES.put("huber", x -> new Huber().of(x, VALUES));
    LOSSES.put("huber of delta 0.5", x -> new Huber(0.5).of(x, VALUES));
    LOSSES.put("kullback leibler", x -> new KullbackLeibler().of(x.logSoftmax(), TEACHER));
    LOSSES.put("l1", x -> ParameterPenalty.l1(0.01, List.of(x)).of(TEACHER, TEACHER));
    LOSSES.put("l2", x -> ParameterPenalty.l2(0.01, List.of(x)).of(TEACHER, TEACHER));
    Loss<TwoTargets> twoTasks =
        new CrossEntropy()
            .onColumns(0, 2)
            .onTarget(TwoTargets::parity)
            .plus(new Huber().onColumns(2, 3).onTarget(TwoTargets::value).times(0.25));
    TwoTargets targets = new TwoTargets(Indices.of(0, 0, 1, 0), VALUES.slice(1, 2, 3));
    LOSSES.put("two tasks", x -> twoTasks.of(x, targets));
  }

  private static Stream<String> losses() {
    return LOSSES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void givesTheNumbersOfPyTorch(String name) {
    assertIsPyTorchs(name, name, LOGITS);
  }

  /** Logits of up to 10,000, where a probability is zero or one in any precision. */
  @ParameterizedTest
  @MethodSource("losses")
  void staysExactAtExtremes(String name) {
    assertIsPyTorchs(name, name + " of extremes", EXTREME);
  }

  private static void assertIsPyTorchs(String loss, String name, float[] logits) {
    Parameter predictions = Parameter.of(SHAPE, logits.clone());

    Tensor value = LOSSES.get(loss).apply(predictions);
    value.backward();

    assertThat(value.shape()).isEqualTo(Shape.SCALAR);
    EXPECTED.assertIs(name, value, 1e-6, 0.1);
    EXPECTED.assertIs(name + " gradient", predictions.gradient(), 1e-6, 0.05);
  }

  @Test
  void nothingOfTheScriptIsLeftOut() {
    assertThat(EXPECTED.byName()).hasSize(4 * LOSSES.size());
  }
}
