package dev.descent.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.optim.Optimizer;
import dev.descent.optim.rule.Sgd;
import dev.descent.optim.transform.L1Penalty;
import dev.descent.optim.transform.L2Penalty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What losses do at the edges, how they combine and what they refuse. */
class LossTest {
  private static final float NAN = Float.NaN;

  @Test
  void whatIsInIgnoredRowsHasNoInfluence() {
    Parameter some = Parameter.of(Shape.of(3, 2), NAN, 1, 0.5f, -1, Float.POSITIVE_INFINITY, 2);
    Tensor kept = Tensor.of(Shape.of(1, 2), 0.5f, -1);

    Tensor loss = new CrossEntropy().ignoring(7).of(some, Indices.of(7, 1, 7));
    loss.backward();

    assertThat(loss.item()).isEqualTo(new CrossEntropy().of(kept, Indices.of(1)).item());
    assertThat(some.gradient().slice(0, 0, 1).toArray()).containsExactly(0, 0);
    assertThat(some.gradient().slice(0, 1, 2).toArray()).doesNotContain(0, NAN);
    assertThat(some.gradient().slice(0, 2, 3).toArray()).containsExactly(0, 0);
  }

  @Test
  void nothingToDivideByIsNan() {
    Tensor logits = Tensor.zeros(Shape.of(2, 2));
    Indices labels = Indices.of(1, 1);

    assertThat(new CrossEntropy().ignoring(1).of(logits, labels).item()).isNaN();
    assertThat(new CrossEntropy().withClassWeights(1, 0).of(logits, labels).item()).isNaN();
    assertThat(new NegativeLogLikelihood().ignoring(1).of(logits, labels).item()).isNaN();
  }

  /** In float32, {@code x - log sigmoid(x)} would make this 0, or wrong in the first digit. */
  @Test
  void aBinaryLossThatIsNearlyZeroIsExact() {
    BinaryCrossEntropyWithLogits loss = new BinaryCrossEntropyWithLogits();

    double no = loss.of(Tensor.full(Shape.of(1), -20), Tensor.zeros(Shape.of(1))).item();
    double yes = loss.of(Tensor.full(Shape.of(1), 20), Tensor.ones(Shape.of(1))).item();

    assertThat(no).isCloseTo(Math.log1p(Math.exp(-20)), within(1e-15));
    assertThat(yes).isEqualTo(no);
  }

  @Test
  void whatHasNoProbabilityAddsNothingToTheDivergence() {
    Parameter logProbabilities = Parameter.of(Shape.of(1, 2), 0, Float.NEGATIVE_INFINITY);

    Tensor loss = new KullbackLeibler().of(logProbabilities, Tensor.of(Shape.of(1, 2), 1, 0));
    loss.backward();

    assertThat(loss.item()).isZero();
    assertThat(logProbabilities.gradient().toArray())
        .containsExactly(new float[] {-1, 0}, Offset.offset(0f));
  }

  /** Where a probability is zero, its term is, and so is the term's slope. */
  @Test
  void aTeacherMayLearnToo() {
    Parameter teacher = Parameter.of(Shape.of(2, 2), 0.25f, 0.75f, 1, 0);
    Tensor student = Tensor.of(Shape.of(2, 2), -1, -0.5f, -2, -0.25f);

    new KullbackLeibler().of(student, teacher).backward();

    double[] expected = new double[4];
    for (int i = 0; i < 3; i++) {
      expected[i] = (Math.log(teacher.array()[i]) + 1 - student.array()[i]) / 2;
    }
    for (int i = 0; i < 4; i++) {
      assertThat((double) teacher.gradient().toArray()[i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void lossesAddUpWithTheirWeights() {
    Loss<Object> one = (x, _) -> x.sum();
    Loss<Object> two = (x, _) -> x.square().sum();
    Parameter x = Parameter.of(Shape.of(2), 1, 3);

    Tensor loss = one.plus(two.times(0.5)).of(x, "ignored");
    loss.backward();

    assertThat(loss.item()).isEqualTo(9);
    assertThat(x.gradient().toArray()).containsExactly(2, 4);
  }

  @Test
  void penaltiesInTheLossMoveParametersAsTransformsDo() {
    float[] start = {0.5f, -2, 0, 3};
    SequencedMap<String, Parameter> inLoss = parameters(start);
    SequencedMap<String, Parameter> transformed = parameters(start);
    Optimizer plain = new Optimizer(inLoss, new Sgd(), 0.1);
    Optimizer transforming =
        new Optimizer(transformed, new Sgd(), 0.1, new L1Penalty(0.25), new L2Penalty(0.5));
    Loss<Object> sum = (x, _) -> x.sum();
    Loss<Object> loss =
        sum.plus(ParameterPenalty.l1(0.25, inLoss.values()))
            .plus(ParameterPenalty.l2(0.5, inLoss.values()));

    for (int step = 0; step < 5; step++) {
      plain.clearGradients();
      loss.of(inLoss.get("w"), "nothing").backward();
      plain.step();
      transforming.clearGradients();
      sum.of(transformed.get("w"), "nothing").backward();
      transforming.step();
    }

    assertThat(inLoss.get("w").toArray())
        .containsExactly(transformed.get("w").toArray(), Offset.offset(1e-6f));
    assertThat(inLoss.get("w").toArray()).isNotEqualTo(start);
  }

  private static SequencedMap<String, Parameter> parameters(float[] values) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    parameters.put("w", Parameter.of(Shape.of(values.length), values.clone()));
    return parameters;
  }

  @Test
  void refuseShapesThatDoNotFit() {
    Tensor matrix = Tensor.zeros(Shape.of(2, 3));
    Tensor row = Tensor.zeros(Shape.of(3));

    assertProblem(
        () -> new Huber().of(matrix, row), "huber of [2, 3] and [3]: expected equal shapes");
    assertProblem(
        () -> new KullbackLeibler().of(row, matrix),
        "kullbackLeibler of [3] and [2, 3]: expected equal shapes");
    assertProblem(
        () -> new KullbackLeibler().of(Tensor.scalar(0), Tensor.scalar(1)),
        "kullbackLeibler of []: expected [batch, ...]");
    assertProblem(
        () -> new BinaryCrossEntropyWithLogits().of(matrix, row),
        "binaryCrossEntropyWithLogits of [2, 3] and [3]: expected equal shapes");
    assertProblem(
        () -> new BinaryCrossEntropyWithLogits().withPositiveWeight(1, 2).of(matrix, matrix),
        "binaryCrossEntropyWithLogits of [2, 3] and [2]: expected a positive weight for each"
            + " output");
    assertProblem(
        () -> new CrossEntropy().withClassWeights(1, 2).of(matrix, Indices.of(0, 1)),
        "crossEntropy of [2, 3] and [2]: expected a weight for each class");
    assertProblem(
        () -> new NegativeLogLikelihood().withClassWeights(1).of(matrix, Indices.of(0, 1)),
        "negativeLogLikelihood of [2, 3] and [1]: expected a weight for each class");
    assertProblem(
        () -> new NegativeLogLikelihood().of(matrix, Indices.of(0)),
        "negativeLogLikelihood of [2, 3] and [1]: expected log-probabilities [batch, classes] and"
            + " labels [batch]");
  }

  private static void assertProblem(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .isInstanceOf(ShapeException.class)
        .withMessage(message);
  }

  @Test
  void refuseSettingsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy().withLabelSmoothing(1.5))
        .withMessage("labelSmoothing is 1.5; expected 0 <= labelSmoothing <= 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrossEntropy().withClassWeights(1, -2))
        .withMessage("the weight of class 1 is -2.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinaryCrossEntropyWithLogits().withPositiveWeight(NAN))
        .withMessage("the positive weight is NaN; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinaryCrossEntropyWithLogits().withPositiveWeight())
        .withMessage("the number of positive weights is 0; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Huber(0))
        .withMessage("delta is 0.0; expected a finite number > 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParameterPenalty.l1(-1, List.of(Parameter.of(Shape.SCALAR, 1))))
        .withMessage("strength is -1.0; expected a finite number >= 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParameterPenalty.l2(1, List.of()))
        .withMessage("the number of parameters is 0; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new NegativeLogLikelihood()
                .ignoring(0)
                .of(Tensor.zeros(Shape.of(2, 3)), Indices.of(0, 3)))
        .withMessage("negativeLogLikelihood: label 3 of example 1; expected 0 to 2");
  }
}
