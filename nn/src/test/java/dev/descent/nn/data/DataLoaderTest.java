package dev.descent.nn.data;

import static dev.descent.nn.data.DatasetTest.numbered;
import static dev.descent.nn.data.DatasetTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DataLoaderTest {

  @Test
  void batchesHaveTheShapeOfTheExamples() {
    Dataset images = new Dataset(Tensor.zeros(Shape.of(5, 3, 2)), Indices.of(new int[5]), 1);

    assertThat(DataLoader.inOrder(images, 2).epoch(0))
        .extracting(batch -> batch.inputs().shape())
        .containsExactly(Shape.of(2, 3, 2), Shape.of(2, 3, 2), Shape.of(1, 3, 2));
  }

  @Test
  void inOrderGivesTheSameInEveryEpoch() {
    DataLoader<Indices> loader = DataLoader.inOrder(numbered(5), 2);

    assertThat(labels(loader, 0)).containsExactly(numbers(5));
    assertThat(labels(loader, 1)).containsExactly(numbers(5));
  }

  @Test
  void theOrderDependsOnSeedAndEpochAlone() {
    DataLoader<Indices> loader = DataLoader.shuffled(numbered(50), 7, 3);
    int[] second = labels(loader, 2);

    assertThat(labels(DataLoader.shuffled(numbered(50), 7, 3), 2)).containsExactly(second);
    assertThat(labels(DataLoader.shuffled(numbered(50), 50, 3), 2)).containsExactly(second);
    assertThat(labels(DataLoader.shuffled(numbered(50), 7, 4), 2)).isNotEqualTo(second);
    assertThat(labels(loader, 3)).isNotEqualTo(second);
    assertThat(second).isNotEqualTo(numbers(50));
  }

  @Test
  void inputsAndLabelsStayTogether() {
    for (Batch<Indices> batch : DataLoader.shuffled(numbered(50), 7, 3).epoch(0)) {
      assertThat(batch.inputs().toArray())
          .containsExactly(DatasetTest.floats(batch.targets().toArray()));
    }
  }

  @Test
  void dropLastLeavesOutOnlyAShorterBatch() {
    DataLoader<Indices> uneven = DataLoader.inOrder(numbered(7), 3);
    DataLoader<Indices> even = DataLoader.inOrder(numbered(6), 3);

    assertThat(uneven.batches()).isEqualTo(3);
    assertThat(uneven.dropLast().batches()).isEqualTo(2);
    assertThat(uneven.dropLast().examples()).isEqualTo(6);
    assertThat(labels(uneven.dropLast(), 0)).containsExactly(numbers(6));
    assertThat(even.dropLast().batches()).isEqualTo(2);
    assertThat(labels(even.dropLast(), 0)).containsExactly(numbers(6));
    assertThat(DataLoader.inOrder(numbered(2), 3).dropLast().epoch(0)).isEmpty();
  }

  @Test
  void keptBatchesNeverChange() {
    Dataset dataset = numbered(6);
    List<Batch<Indices>> kept = new ArrayList<>();
    DataLoader.inOrder(dataset, 2).epoch(0).forEach(kept::add);

    kept.getFirst().inputs().array()[0] = 99;

    assertThat(kept.get(1).inputs().toArray()).containsExactly(2, 3);
    assertThat(dataset.inputs().toArray()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void oneEpochMayBeWalkedTwice() {
    Iterable<Batch<Indices>> epoch = DataLoader.shuffled(numbered(10), 3, 1).epoch(0);
    assertThat(labels(epoch)).containsExactly(labels(epoch)).hasSize(10);
  }

  @Test
  void endsWithTheStandardException() {
    Iterator<Batch<Indices>> batches = DataLoader.inOrder(numbered(1), 1).epoch(0).iterator();
    batches.next();
    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void refusesABatchSizeThatIsNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataLoader.shuffled(numbered(3), 0, 1))
        .withMessage("batchSize is 0; expected batchSize >= 1");
  }

  static int[] labels(DataLoader<Indices> loader, int epoch) {
    return labels(loader.epoch(epoch));
  }

  private static int[] labels(Iterable<Batch<Indices>> epoch) {
    return StreamSupport.stream(epoch.spliterator(), false)
        .flatMapToInt(batch -> IntStream.of(batch.targets().toArray()))
        .toArray();
  }
}
