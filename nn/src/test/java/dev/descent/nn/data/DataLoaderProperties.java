package dev.descent.nn.data;

import static dev.descent.nn.data.DatasetTest.numbered;
import static dev.descent.nn.data.DatasetTest.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.tensor.Indices;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DataLoaderProperties {

  @Property
  void anEpochHasEveryExampleOnceInBatchesThatAreFullButTheLast(
      @ForAll @IntRange(max = 40) int size,
      @ForAll @IntRange(min = 1, max = 45) int batchSize,
      @ForAll long seed,
      @ForAll @IntRange(max = 1000) int epoch) {
    DataLoader<Indices> loader = DataLoader.shuffled(numbered(size), batchSize, seed);

    assertThat(DataLoaderTest.labels(loader, epoch)).containsExactlyInAnyOrder(numbers(size));
    assertThat(loader.epoch(epoch))
        .hasSize(loader.batches())
        .allSatisfy(batch -> assertThat(batch.size()).isBetween(1, batchSize))
        .filteredOn(batch -> batch.size() < batchSize)
        .hasSizeLessThanOrEqualTo(1);
  }

  @Property
  void droppingTheLastKeepsTheOrderOfTheRest(
      @ForAll @IntRange(max = 40) int size,
      @ForAll @IntRange(min = 1, max = 45) int batchSize,
      @ForAll long seed) {
    DataLoader<Indices> loader = DataLoader.shuffled(numbered(size), batchSize, seed);

    int[] kept = DataLoaderTest.labels(loader.dropLast(), 0);

    assertThat(kept).hasSize(size - size % batchSize).hasSize(loader.dropLast().examples());
    assertThat(Arrays.copyOf(DataLoaderTest.labels(loader, 0), kept.length)).containsExactly(kept);
    assertThat(loader.dropLast().epoch(0)).allMatch(batch -> batch.size() == batchSize);
  }
}
