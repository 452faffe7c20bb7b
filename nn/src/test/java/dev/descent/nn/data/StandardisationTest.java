package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StandardisationTest {
  private static Dataset dataset(int size, float... inputs) {
    return new Dataset(
        Tensor.of(Shape.of(size, inputs.length / size), inputs), Indices.of(new int[size]), 1);
  }

  /** By hand: 1, 3, 5 have mean 3 and variance 8 / 3; the constant becomes zero. */
  @Test
  void usesTheFiguresOfTheTrainingPart() {
    Split<Dataset> split = new Split<>(dataset(3, 1, 7, 3, 7, 5, 7), dataset(2, 1000, 7, -1000, 8));
    Standardisation standardisation = Standardisation.of(split);
    float deviation = (float) Math.sqrt(8 / 3.0);

    assertThat(standardisation.mean().toArray()).containsExactly(3, 7);
    assertThat(standardisation.deviation().toArray()).containsExactly(deviation, 0);
    Split<Dataset> result = standardisation.apply(split);
    assertThat(result.training().inputs().toArray())
        .containsExactly(-2 / deviation, 0, 0, 0, 2 / deviation, 0);
    assertThat(result.validation().inputs().toArray())
        .containsExactly(997 / deviation, 0, -1003 / deviation, 0);
  }

  /** What is held out does not reach the figures, whatever it is. */
  @Test
  void nothingLeaks() {
    Dataset training = dataset(3, 1, 7, 3, 7, 5, 7);
    Tensor expected = Standardisation.of(new Split<>(training, dataset(1, 0, 0))).mean();
    Tensor actual = Standardisation.of(new Split<>(training, dataset(1, 1e30f, Float.NaN))).mean();
    assertThat(actual.toArray()).isEqualTo(expected.toArray());
  }

  @Test
  void meansAndDeviationsAreOfTheUsualKind() {
    float[] inputs = new float[1000 * 3];
    RandomStream random = RandomStream.of(1, "inputs");
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = 1000 + (i % 3) * (float) random.nextGaussian();
    }
    Split<Dataset> split = dataset(1000, inputs).split(200, 1);
    float[] values = Standardisation.of(split).apply(split).training().inputs().toArray();
    for (int number = 1; number < 3; number++) {
      double sum = 0;
      double squares = 0;
      for (int i = number; i < values.length; i += 3) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
      assertThat(sum / 800).isCloseTo(0, within(1e-4));
      assertThat(squares / 800).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void refusesWhatHasNoFigures() {
    Dataset none = dataset(1, 1, 2).subset();
    Dataset one = dataset(1, 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardisation.of(new Split<>(none, one)))
        .withMessage("no training examples; expected at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardisation.of(new Split<>(dataset(1, 1, Float.NaN), one)))
        .withMessage(
            "number 1 of the training examples has a deviation of NaN; expected finite numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardisation.of(new Split<>(one, one)).apply(dataset(1, 1)))
        .withMessage("examples of shape [1]; expected [2], as the training data have");
  }

  /** 10, 6 and 4 examples of three classes, half and a part of them held out. */
  @Test
  void stratifiedPartsHaveTheSameShares() {
    int[] labels = new int[20];
    for (int i = 0; i < 20; i++) {
      labels[i] = i < 10 ? 0 : i < 16 ? 1 : 2;
    }
    float[] numbers = new float[20];
    for (int i = 0; i < 20; i++) {
      numbers[i] = i;
    }
    Dataset dataset = new Dataset(Tensor.of(Shape.of(20, 1), numbers), Indices.of(labels), 3);
    Split<Dataset> half = dataset.stratifiedSplit(10, 1);
    assertThat(half.validation().classCounts()).containsExactly(5, 3, 2);
    assertThat(half.training().classCounts()).containsExactly(5, 3, 2);
    // 7 of 20 are 3.5, 2.1 and 1.4: the greatest fraction gets the one that is left.
    Split<Dataset> some = dataset.stratifiedSplit(7, 1);
    assertThat(some.validation().classCounts()).containsExactly(4, 2, 1);
    assertThat(some.training().inputs().toArray()).isSorted();
    assertThat(some.validation().inputs().toArray())
        .isSorted()
        .doesNotContain(some.training().inputs().toArray());
    assertThat(dataset.stratifiedSplit(7, 2).validation().inputs().toArray())
        .isNotEqualTo(some.validation().inputs().toArray());
    assertThat(dataset.stratifiedSplit(20, 1).training().size()).isZero();
    assertThat(dataset.subset().stratifiedSplit(0, 1).validation().size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dataset.stratifiedSplit(21, 1))
        .withMessage("validationSize is 21; expected 0 to 20");
  }
}
