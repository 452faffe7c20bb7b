package dev.descent.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.core.tensor.Windows;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final float NAN = Float.NaN;

  private final ConfusionMatrix confusion = new ConfusionMatrix(3);

  @Test
  void countsWhatWasTakenForWhatOverBatches() {
    confusion.add(Tensor.of(Shape.of(2, 3), 0, 1, 2, 5, 3, 4), Indices.of(2, 1));
    confusion.add(Tensor.of(Shape.of(2, 3), -9, -7, -8, 0, 0.5f, 1), Indices.of(1, 2));
    confusion.add(Tensor.zeros(Shape.of(0, 3)), Indices.of());

    long[][] counts = new long[3][3];
    for (int label = 0; label < 3; label++) {
      for (int prediction = 0; prediction < 3; prediction++) {
        counts[label][prediction] = confusion.count(label, prediction);
      }
    }
    assertThat(counts).isDeepEqualTo(new long[][] {{0, 0, 0}, {1, 1, 0}, {0, 0, 2}});
    assertThat(confusion.classes()).isEqualTo(3);
    assertThat(confusion.total()).isEqualTo(4);
    assertThat(confusion.total(1)).isEqualTo(2);
    assertThat(confusion.accuracy()).isEqualTo(0.75);
    assertThat(confusion.accuracy(1)).isEqualTo(0.5);
    assertThat(confusion.accuracy(2)).isEqualTo(1);
    assertThat(confusion.accuracy(0)).isNaN();
    assertThat(new ConfusionMatrix(2).accuracy()).isNaN();
  }

  @Test
  void predictsTheGreatestAndTheFirstOfEquals() {
    Tensor logits =
        Tensor.of(Shape.of(5, 3), 1, 3, 2, 7, 7, 1, -2, -1, -1, 0, 0, 0, -0.0f, 0.0f, -1);

    assertThat(predictions(logits)).containsExactly(1, 0, 1, 0, 0);
  }

  /** As {@code torch.argmax} does. */
  @Test
  void takesNanForTheGreatest() {
    Tensor logits = Tensor.of(Shape.of(4, 3), 1, NAN, 3, NAN, 9, NAN, NAN, NAN, NAN, 1, 2, NAN);

    assertThat(predictions(logits)).containsExactly(1, 0, 0, 2);
  }

  @Test
  void readsTensorsThatBeginInTheMiddleOfAnArray() {
    Tensor logits = Windows.padded(Tensor.of(Shape.of(2, 3), 1, 3, 2, 7, 0, 1), 2);

    assertThat(predictions(logits)).containsExactly(1, 0);
  }

  private static int[] predictions(Tensor logits) {
    int[] predictions = new int[logits.shape().length(0)];
    for (int i = 0; i < predictions.length; i++) {
      predictions[i] = ConfusionMatrix.argMax(logits, i);
    }
    return predictions;
  }

  @Test
  void refusesOtherShapes() {
    assertProblem(Tensor.zeros(Shape.of(2, 4)), "confusionMatrix of [2, 4]: expected [2, 3]");
    assertProblem(Tensor.zeros(Shape.of(3, 3)), "confusionMatrix of [3, 3]: expected [2, 3]");
    assertProblem(Tensor.zeros(Shape.of(6)), "confusionMatrix of [6]: expected [2, 3]");
  }

  private void assertProblem(Tensor logits, String message) {
    assertThatThrownBy(() -> confusion.add(logits, Indices.of(0, 1)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(message);
  }

  @Test
  void refusesALabelThatIsNoClassAndCountsNothingThen() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> confusion.add(Tensor.zeros(Shape.of(2, 3)), Indices.of(0, 3)))
        .withMessage("confusionMatrix: label 3 of example 1; expected 0 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> confusion.add(Tensor.zeros(Shape.of(2, 3)), Indices.of(0, -1)))
        .withMessage("confusionMatrix: label -1 of example 1; expected 0 to 2");
    assertThat(confusion.total()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfusionMatrix(0))
        .withMessage("classes is 0; expected at least 1");
  }
}
