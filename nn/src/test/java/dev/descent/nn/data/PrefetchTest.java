package dev.descent.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.augmentation.GaussianNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchTest {
  private static Dataset images() {
    float[] pixels = new float[25 * 12];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    return new Dataset(Tensor.of(Shape.of(25, 3, 4), pixels), Indices.of(new int[25]), 1);
  }

  private static List<String> contents(DataLoader<Indices> loader) {
    List<String> contents = new ArrayList<>();
    for (Batch<Indices> batch : loader.epoch(3)) {
      contents.add(batch.inputs().shape() + Arrays.toString(batch.inputs().toArray()));
    }
    return contents;
  }

  @Test
  void givesTheSameBatchesInTheSameOrder() {
    DataLoader<Indices> loader =
        DataLoader.shuffled(images(), 4, 1).augmented(2, new GaussianNoise(0.1)).dropLast();
    assertThat(contents(loader)).hasSize(6);
    for (int depth : new int[] {1, 2, 5, 100}) {
      assertThat(contents(loader.prefetched(depth))).isEqualTo(contents(loader));
    }
    assertThat(contents(loader.prefetched(2).dropLast())).isEqualTo(contents(loader));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loader.prefetched(0))
        .withMessage("batches is 0; expected at least 1");
  }

  /** It is in the third batch, though that may be made before the second. */
  @Test
  void errorsSurfaceWhereTheBatchIsAskedFor() {
    DataLoader<Indices> loader =
        DataLoader.inOrder(images(), 5)
            .augmented(
                1,
                (image, _) -> {
                  if (image.pixels()[0] == 12 * 12) {
                    throw new IllegalStateException("a mistake of the user's own");
                  }
                  return image;
                })
            .prefetched(1);
    Iterator<Batch<Indices>> batches = loader.epoch(1).iterator();
    assertThat(batches.next().size()).isEqualTo(5);
    assertThat(batches.next().size()).isEqualTo(5);
    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a mistake of the user's own");
  }

  /** Only so many are made ahead, and none when nobody asks any more. */
  @Test
  void isAheadByNoMoreThanWasSaid() throws InterruptedException {
    AtomicInteger images = new AtomicInteger();
    DataLoader<Indices> loader =
        DataLoader.inOrder(images(), 1)
            .augmented(
                1,
                (image, _) -> {
                  images.incrementAndGet();
                  return image;
                })
            .prefetched(3);
    Iterator<Batch<Indices>> batches = loader.epoch(1).iterator();
    batches.next();
    while (images.get() < 4) {
      Thread.sleep(1);
    }
    Thread.sleep(100);
    assertThat(images).hasValue(4);
  }

  @Test
  void isAheadAtAll() throws InterruptedException {
    AtomicInteger images = new AtomicInteger();
    DataLoader<Indices> loader =
        DataLoader.inOrder(images(), 1)
            .augmented(
                1,
                (image, _) -> {
                  images.incrementAndGet();
                  return image;
                })
            .prefetched(3);
    Iterator<Batch<Indices>> unused = loader.epoch(1).iterator();
    while (images.get() < 3) {
      Thread.sleep(1);
    }
    assertThat(unused.hasNext()).isTrue();
  }

  @Test
  void endsWithTheStandardException() {
    Iterator<Batch<Indices>> batches =
        DataLoader.inOrder(images(), 25).prefetched(2).epoch(0).iterator();
    batches.next();
    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  /** Whoever is interrupted stops waiting, and stays interrupted. */
  @Test
  void waitingCanBeInterrupted() {
    DataLoader<Indices> loader =
        DataLoader.inOrder(images(), 5)
            .augmented(
                1,
                (image, _) -> {
                  try {
                    Thread.sleep(100);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return image;
                })
            .prefetched(1);
    Iterator<Batch<Indices>> batches = loader.epoch(1).iterator();
    Thread.currentThread().interrupt();
    assertThatThrownBy(batches::next).hasMessage("interrupted while waiting for a batch");
    assertThat(Thread.interrupted()).isTrue();
  }
}
