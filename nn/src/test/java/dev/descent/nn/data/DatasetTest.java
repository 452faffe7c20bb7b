package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Dataset THREE =
      new Dataset(Tensor.of(Shape.of(3, 1, 2), 1, 2, 3, 4, 5, 6), Indices.of(2, 0, 2), 4);

  @Test
  void knowsItsSizes() {
    assertThat(THREE.size()).isEqualTo(3);
    assertThat(THREE.exampleShape()).isEqualTo(Shape.of(1, 2));
    assertThat(THREE.classCounts()).containsExactly(1, 0, 2, 0);
    assertThat(THREE).hasToString("Dataset[inputs=[3, 1, 2], classes=4]");
  }

  @Test
  void refusesPartsThatDoNotFit() {
    Tensor two = Tensor.of(Shape.of(2, 1), 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dataset(two, Indices.of(0, 1, 1), 2))
        .withMessage("inputs [2, 1] with 3 labels; expected as many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dataset(Tensor.of(Shape.SCALAR, 1), Indices.of(0), 2))
        .withMessage("inputs [] with 1 labels; expected as many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dataset(two, Indices.of(0, 2), 2))
        .withMessage("label 1 is 2; expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dataset(two, Indices.of(-1, 0), 2))
        .withMessage("label 0 is -1; expected 0 to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dataset(two, Indices.of(0, 0), 0))
        .withMessage("classes is 0; expected classes >= 1");
  }

  @Test
  void rangeSharesTheElements() {
    Dataset range = THREE.range(1, 3);

    assertThat(range.inputs().shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(range.inputs().toArray()).containsExactly(3, 4, 5, 6);
    assertThat(range.inputs().array()).isSameAs(THREE.inputs().array());
    assertThat(range.labels().toArray()).containsExactly(0, 2);
    assertThat(range.classes()).isEqualTo(4);
    assertThatThrownBy(() -> THREE.range(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);

    Dataset rangeOfRange = range.range(1, 2);
    assertThat(rangeOfRange.inputs().toArray()).containsExactly(5, 6);
    assertThat(rangeOfRange.labels().toArray()).containsExactly(2);
  }

  @Test
  void subsetTakesExamplesInTheOrderGiven() {
    Dataset subset = THREE.subset(2, 1, 2);

    assertThat(subset.inputs().shape()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(subset.inputs().toArray()).containsExactly(5, 6, 3, 4, 5, 6);
    assertThat(subset.labels().toArray()).containsExactly(2, 0, 2);
    assertThat(subset.classes()).isEqualTo(4);
    assertThat(THREE.subset().size()).isZero();
    assertThatThrownBy(() -> THREE.subset(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void splitSharesNothingLosesNothingAndKeepsOrder() {
    Split<Dataset> split = numbered(100).split(30, 7);

    assertThat(split.validation().labels().toArray()).hasSize(30).isSorted();
    assertThat(split.training().labels().toArray()).hasSize(70).isSorted();
    assertThat(both(split)).containsExactlyInAnyOrder(numbers(100));
    assertThat(split.training().inputs().toArray())
        .containsExactly(floats(split.training().labels().toArray()));
  }

  @Test
  void splitDependsOnTheSeedAlone() {
    int[] first = numbered(100).split(30, 7).validation().labels().toArray();

    assertThat(numbered(100).split(30, 7).validation().labels().toArray()).containsExactly(first);
    assertThat(numbered(100).split(30, 8).validation().labels().toArray()).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(numbers(30));
  }

  @Test
  void splitMayLeaveOnePartEmptyButNotLess() {
    assertThat(THREE.split(0, 1).training().labels().toArray())
        .containsExactly(THREE.labels().toArray());
    assertThat(THREE.split(3, 1).validation().labels().toArray())
        .containsExactly(THREE.labels().toArray());
    assertThat(THREE.split(3, 1).training().size()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> THREE.split(4, 1))
        .withMessage("validationSize is 4; expected 0 to 3");
    assertThatIllegalArgumentException().isThrownBy(() -> THREE.split(-1, 1));
  }

  @Test
  void normalizedMovesAndScalesACopy() {
    assertThat(THREE.normalized(3, 2).inputs().toArray())
        .containsExactly(-1, -0.5f, 0, 0.5f, 1, 1.5f);
    assertThat(THREE.inputs().toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    for (float bad : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> THREE.normalized(0, bad))
          .withMessage("deviation is " + bad + "; expected 0 < deviation < infinity");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> THREE.normalized(Float.NaN, 1))
        .withMessage("mean is NaN; expected a finite number");
  }

  /** Examples whose only input and label are their number. */
  static Dataset numbered(int size) {
    return new Dataset(
        Tensor.of(Shape.of(size, 1), floats(numbers(size))),
        Indices.of(numbers(size)),
        Math.max(size, 1));
  }

  static int[] numbers(int size) {
    return IntStream.range(0, size).toArray();
  }

  static float[] floats(int[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers[i];
    }
    return floats;
  }

  private static int[] both(Split<Dataset> split) {
    return Stream.of(split.training(), split.validation())
        .flatMapToInt(part -> IntStream.of(part.labels().toArray()))
        .toArray();
  }
}
