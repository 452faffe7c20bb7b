package dev.descent.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.core.tensor.Windows;
import dev.descent.nn.loss.MeanSquaredError;
import org.junit.jupiter.api.Test;

/** Metrics by hand, and what they say where there is nothing to say. */
class MetricTest {
  private static Tensor numbers(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  /** Six examples: class 0 is found twice of three times, class 1 once of two, class 2 never. */
  @Test
  void precisionRecallAndF1ByHand() {
    ConfusionMatrix confusion = new ConfusionMatrix(4);
    confusion.add(Indices.of(0, 0, 1, 1, 0, 1).oneHot(4), Indices.of(0, 0, 0, 1, 1, 2));

    assertThat(confusion.precision(0)).isEqualTo(2.0 / 3);
    assertThat(confusion.recall(0)).isEqualTo(2.0 / 3);
    assertThat(confusion.f1(0)).isEqualTo(2.0 / 3);
    assertThat(confusion.precision(1)).isEqualTo(1.0 / 3);
    assertThat(confusion.recall(1)).isEqualTo(0.5);
    assertThat(confusion.f1(1)).isEqualTo(0.4);
    assertThat(confusion.precision(2)).as("nothing was taken for class 2").isNaN();
    assertThat(confusion.recall(2)).isZero();
    assertThat(confusion.f1(2)).isZero();
    assertThat(confusion.precision(3)).as("class 3 does not occur").isNaN();
    assertThat(confusion.recall(3)).isNaN();
    assertThat(confusion.f1(3)).isNaN();
    // Over three classes, not four; an undefined precision is 0.
    assertThat(confusion.precision(Average.MACRO)).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(confusion.recall(Average.MACRO)).isCloseTo(7.0 / 18, within(1e-15));
    assertThat(confusion.f1(Average.MACRO)).isCloseTo(16.0 / 45, within(1e-15));
    assertThat(confusion.f1(Average.MICRO)).isEqualTo(0.5);
    assertThat(confusion.value()).isEqualTo(0.5);
  }

  /** The example of scikit-learn's documentation of {@code roc_auc_score}'s curve. */
  @Test
  void rocAucByHand() {
    RocAuc auc = new RocAuc();
    auc.add(numbers(0.1f, 0.4f), numbers(0, 0));
    auc.add(Windows.padded(numbers(0.35f, 0.8f), 3), Windows.padded(numbers(1, 1), 2));

    assertThat(auc.value()).isEqualTo(0.75);
  }

  @Test
  void rocAucKnowsInfinityAndThatZeroIsZero() {
    RocAuc auc = new RocAuc();
    auc.add(
        numbers(Float.POSITIVE_INFINITY, -0.0f, 0.0f, Float.NEGATIVE_INFINITY),
        numbers(1, 1, 0, 0));

    assertThat(auc.value()).isEqualTo(3.5 / 4);
  }

  @Test
  void meanAbsoluteErrorByHand() {
    MeanAbsoluteError error = new MeanAbsoluteError();
    error.add(numbers(1, -2), numbers(2, 2));
    error.add(Windows.padded(numbers(0.5f), 2), numbers(0.25f));

    assertThat(error.value()).isEqualTo(5.25 / 3);
  }

  /** Batches count by their examples, and nothing that a loss computes is recorded. */
  @Test
  void meanLossByHand() {
    MeanLoss<Tensor> loss =
        new MeanLoss<>((predictions, targets) -> {
          assertThat(NoGradient.isActive()).isTrue();
          return new MeanSquaredError().of(predictions, targets);
        });
    loss.add(numbers(1, -2), numbers(2, 2));
    loss.add(numbers(0.5f), numbers(1));

    assertThat(loss.value()).isEqualTo((1 + 16 + 0.25) / 3);
  }

  @Test
  void nothingHasNoValue() {
    RocAuc onlyPositives = new RocAuc();
    onlyPositives.add(numbers(1, 2), numbers(1, 1));
    RocAuc onlyNegatives = new RocAuc();
    onlyNegatives.add(numbers(1, 2), numbers(0, 0));

    assertThat(onlyPositives.value()).isNaN();
    assertThat(onlyNegatives.value()).isNaN();
    assertThat(new RocAuc().value()).isNaN();
    assertThat(new Accuracy().value()).isNaN();
    assertThat(new MeanAbsoluteError().value()).isNaN();
    MeanLoss<Tensor> ofNoExamples = new MeanLoss<>(new MeanSquaredError());
    assertThat(ofNoExamples.value()).isNaN();
    ofNoExamples.add(Tensor.zeros(Shape.of(0, 2)), Tensor.zeros(Shape.of(0, 2)));
    ofNoExamples.add(numbers(1, 2), numbers(1, 4));
    assertThat(ofNoExamples.value()).as("a batch of none counts nothing").isEqualTo(2);
    assertThat(new ConfusionMatrix(2).f1(Average.MACRO)).isNaN();
    assertThat(new ConfusionMatrix(2).f1(Average.MICRO)).isNaN();
  }

  @Test
  void refuseWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Accuracy().add(Tensor.zeros(Shape.of(2, 3)), Indices.of(1)))
        .isInstanceOf(ShapeException.class)
        .withMessage("accuracy of [2, 3]: expected [1, classes]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MeanAbsoluteError().add(numbers(1), numbers(1, 2)))
        .withMessage("meanAbsoluteError of [1] and [2]: expected equal shapes");
    RocAuc auc = new RocAuc();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> auc.add(numbers(1), numbers(1, 0)))
        .withMessage("rocAuc of [1] and [2]: expected equal shapes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> auc.add(numbers(1, 2, 3), numbers(0, 1, 2)))
        .withMessage("rocAuc: target 2 is 2.0; expected 0 or 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> auc.add(numbers(1, Float.NaN), numbers(0, 1)))
        .withMessage("rocAuc: score 1 is NaN; expected a number");
    assertThat(auc.value()).as("nothing is counted").isNaN();
  }
}
