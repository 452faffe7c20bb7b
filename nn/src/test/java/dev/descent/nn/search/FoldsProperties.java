package dev.descent.nn.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FoldsProperties {
  private static final int CLASSES = 3;

  /** Each input is the example's number. */
  private static Dataset numbered(int size, long seed) {
    RandomStream random = RandomStream.of(seed, "labels");
    float[] numbers = new float[size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = i;
      labels[i] = random.nextInt(3) * random.nextInt(2); // class 0 has most
    }
    return new Dataset(Tensor.of(Shape.of(size), numbers), Indices.of(labels), CLASSES);
  }

  private static List<Integer> numbers(Examples<?> examples) {
    List<Integer> numbers = new ArrayList<>();
    for (float number : examples.inputs().toArray()) {
      numbers.add((int) number);
    }
    return numbers;
  }

  @Property
  void eachExampleIsHeldOutOnce(
      @ForAll @IntRange(min = 2, max = 40) int size,
      @ForAll @IntRange(min = 2, max = 40) int wanted,
      @ForAll boolean stratified,
      @ForAll long seed) {
    int k = Math.min(wanted, size);
    Dataset data = numbered(size, seed);

    List<Split<Examples<Indices>>> folds =
        stratified ? Folds.stratified(data, k, seed) : Folds.of(data, k, seed);

    assertThat(folds).hasSize(k);
    List<Integer> all = IntStream.range(0, size).boxed().toList();
    List<Integer> heldOut = new ArrayList<>();
    for (Split<Examples<Indices>> fold : folds) {
      List<Integer> both = new ArrayList<>(numbers(fold.training()));
      both.addAll(numbers(fold.validation()));
      assertThat(both).containsExactlyInAnyOrderElementsOf(all);
      assertThat(fold.validation().size()).isBetween(size / k, Math.ceilDiv(size, k));
      for (int i = 0; i < fold.validation().size(); i++) {
        int number = (int) fold.validation().inputs().get(i);
        assertThat(fold.validation().targets().get(i)).isEqualTo(data.labels().get(number));
      }
      heldOut.addAll(numbers(fold.validation()));
    }
    assertThat(heldOut).containsExactlyInAnyOrderElementsOf(all);
  }

  @Property
  void stratifiedPartsHaveEqualSharesOfEachClass(
      @ForAll @IntRange(min = 2, max = 60) int size,
      @ForAll @IntRange(min = 2, max = 9) int wanted,
      @ForAll long seed) {
    int k = Math.min(wanted, size);
    Dataset data = numbered(size, seed);

    for (Split<Examples<Indices>> fold : Folds.stratified(data, k, seed)) {
      int[] counts = new int[CLASSES];
      for (int label : fold.validation().targets().toArray()) {
        counts[label]++;
      }
      for (int label = 0; label < CLASSES; label++) {
        int total = data.classCounts()[label];
        assertThat(counts[label]).isBetween(total / k, Math.ceilDiv(total, k));
      }
    }
  }

  @Example
  void dependOnTheSeedAlone() {
    Dataset data = numbered(40, 1);

    assertThat(heldOut(Folds.of(data, 4, 7))).isEqualTo(heldOut(Folds.of(data, 4, 7)));
    assertThat(heldOut(Folds.of(data, 4, 7))).isNotEqualTo(heldOut(Folds.of(data, 4, 8)));
    assertThat(heldOut(Folds.stratified(data, 4, 7)))
        .isEqualTo(heldOut(Folds.stratified(data, 4, 7)))
        .isNotEqualTo(heldOut(Folds.stratified(data, 4, 8)));
  }

  private static List<List<Integer>> heldOut(List<Split<Examples<Indices>>> folds) {
    return folds.stream().map(fold -> numbers(fold.validation())).toList();
  }

  @Example
  void refuseTooFewAndTooMany() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.of(numbered(5, 1), 1, 1))
        .withMessage("k is 1; expected 2 to 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.stratified(numbered(5, 1), 6, 1))
        .withMessage("k is 6; expected 2 to 5");
  }
}
