package dev.descent.nn.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  /** Two channels of 3 x 4: 1 to 12, and 101 to 112. */
  private static Image image() {
    float[] pixels = new float[24];
    for (int i = 0; i < 24; i++) {
      pixels[i] = i < 12 ? i + 1 : i + 89;
    }
    return new Image(2, 3, 4, pixels);
  }

  private static RandomStream random(int index) {
    return RandomStream.of(1, "test", index);
  }

  private static String text(Image image) {
    return Arrays.toString(image.pixels());
  }

  /** All results of many streams. */
  private static Set<String> results(Augmentation augmentation) {
    Set<String> results = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      results.add(text(augmentation.apply(image(), random(i))));
    }
    return results;
  }

  @Test
  void shiftsByEachDistance() {
    Set<String> results = results(new RandomShift(1, 2));
    assertThat(results)
        .hasSize(15)
        .contains(text(image()))
        .contains(text(image().window(1, -2, 3, 4)));
    assertThat(image().window(1, -2, 3, 4).pixels())
        .startsWith(0, 0, 5, 6, 0, 0, 9, 10, 0, 0, 0, 0)
        .endsWith(0, 0, 105, 106, 0, 0, 109, 110, 0, 0, 0, 0);
    assertThat(results(new RandomShift(0, 0))).containsExactly(text(image()));
  }

  @Test
  void crops() {
    Set<String> results = results(new RandomCrop(2, 3, 0));
    assertThat(results).hasSize(4);
    assertThat(results)
        .contains("[6.0, 7.0, 8.0, 10.0, 11.0, 12.0, 106.0, 107.0, 108.0, 110.0, 111.0, 112.0]");
    assertThat(results(new RandomCrop(3, 4, 1)))
        .hasSize(9)
        .isEqualTo(results(new RandomShift(1, 1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RandomCrop(6, 4, 1).apply(image(), random(0)))
        .withMessage("height is 6; expected at most 5");
  }

  @Test
  void flips() {
    Set<String> results = results(new RandomFlip(0.5));
    assertThat(results).hasSize(2).contains(text(image()));
    assertThat(new RandomFlip(1).apply(image(), random(0)).pixels())
        .startsWith(4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9, 104);
    assertThat(results(new RandomFlip(0))).containsExactly(text(image()));
    long flipped = 0;
    for (int i = 0; i < 4000; i++) {
      flipped += text(new RandomFlip(0.25).apply(image(), random(i))).equals(text(image())) ? 0 : 1;
    }
    assertThat(flipped).isBetween(900L, 1100L);
  }

  /** A quarter turn of a square is exact up to rounding; half of one is known at the centre. */
  @Test
  void turns() {
    Image square = new Image(1, 3, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertClose(square.turned(0, 1), 7, 4, 1, 8, 5, 2, 9, 6, 3);
    assertClose(square.turned(-1, 0), 9, 8, 7, 6, 5, 4, 3, 2, 1);
    assertClose(square.turned(1, 0), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    float half = (float) Math.sqrt(0.5);
    // The middle of the upper side comes from the direction of the upper left corner, 1 away.
    float expected = bilinear(square, 1 - half, 1 - half);
    assertThat(square.turned(half, half).pixels()[1]).isCloseTo(expected, within(1e-5f));
    assertThat(results(new RandomRotation(0))).containsExactly(text(image()));
    assertThat(results(new RandomRotation(30))).hasSizeGreaterThan(490);
  }

  /** The definition, by the four neighbours. */
  private static float bilinear(Image image, float row, float column) {
    double sum = 0;
    for (int r = 0; r < image.height(); r++) {
      for (int c = 0; c < image.width(); c++) {
        double weight = Math.max(0, 1 - Math.abs(row - r)) * Math.max(0, 1 - Math.abs(column - c));
        sum += weight * image.pixels()[r * image.width() + c];
      }
    }
    return (float) sum;
  }

  /** A dot beside the centre goes up or down, and not too far. */
  @Test
  void rotationsAreWithinTheirRange() {
    Image dot = new Image(1, 21, 21, new float[441]);
    dot.pixels()[10 * 21 + 20] = 1; // to the right of the centre
    Set<Boolean> above = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      float[] turned = new RandomRotation(20).apply(dot, random(i)).pixels();
      double row = 0;
      double column = 0;
      double total = 0;
      for (int j = 0; j < 441; j++) {
        row += turned[j] * (j / 21 - 10);
        column += turned[j] * (j % 21 - 10);
        total += turned[j];
      }
      if (total > 0) {
        double degrees = Math.toDegrees(Math.atan2(row, column));
        assertThat(Math.abs(degrees)).isLessThan(23);
        above.add(degrees < 0);
      }
    }
    assertThat(above).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void scales() {
    Image line = new Image(1, 1, 5, new float[] {1, 2, 3, 4, 5});
    assertClose(new RandomScale(2, 2).apply(line, random(0)), 2, 2.5f, 3, 3.5f, 4);
    assertClose(new RandomScale(0.5f, 0.5f).apply(line, random(0)), 0, 1, 3, 5, 0);
    assertThat(results(new RandomScale(1, 1))).containsExactly(text(image()));
    assertThat(results(new RandomScale(0.8f, 1.2f))).hasSizeGreaterThan(490);
  }

  private static void assertClose(Image actual, float... expected) {
    assertThat(actual.pixels()).containsExactly(expected, within(1e-5f));
  }

  @Test
  void noiseHasTheDeviation() {
    Image grey = new Image(1, 100, 100, new float[10_000]);
    float[] noisy = new GaussianNoise(0.5).apply(grey, random(0)).pixels();
    double sum = 0;
    double squares = 0;
    for (float pixel : noisy) {
      sum += pixel;
      squares += (double) pixel * pixel;
    }
    assertThat(sum / 10_000).isCloseTo(0, within(0.02));
    assertThat(squares / 10_000).isCloseTo(0.25, within(0.015));
  }

  @Test
  void rangesAreChecked() {
    assertRefused(() -> new RandomShift(-1, 0), "rows is -1; expected rows >= 0");
    assertRefused(() -> new RandomShift(0, -1), "columns is -1; expected columns >= 0");
    assertRefused(() -> new RandomRotation(181), "degrees is 181.0; expected 0 <= degrees <= 180");
    assertRefused(
        () -> new RandomRotation(Float.NaN), "degrees is NaN; expected 0 <= degrees <= 180");
    assertRefused(() -> new RandomScale(0, 1), "least is 0.0; expected least > 0");
    assertRefused(() -> new RandomScale(1, 0.5f), "most is 0.5; expected least <= most < infinity");
    assertRefused(() -> new RandomFlip(1.5), "probability is 1.5; expected 0 <= probability <= 1");
    assertRefused(() -> new GaussianNoise(-1), "deviation is -1.0; expected a finite number >= 0");
    assertRefused(() -> new RandomCrop(0, 1, 0), "height is 0; expected height >= 1");
    assertRefused(() -> new RandomCrop(1, 0, 0), "width is 0; expected width >= 1");
    assertRefused(() -> new RandomCrop(1, 1, -1), "padding is -1; expected padding >= 0");
    assertRefused(
        () -> new Image(1, 2, 2, new float[3]),
        "an image [1, 2, 2] of 3 numbers; expected as many as it has");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  private static Dataset images(int... lengths) {
    Shape shape = Shape.of(lengths);
    float[] pixels = new float[shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    return new Dataset(Tensor.of(shape, pixels), Indices.of(new int[lengths[0]]), 1);
  }

  /**
   * What each example looks like in an epoch, by the sum that a flip and noise of 0 leave alone.
   */
  private static Map<Float, String> byExample(DataLoader<Indices> loader, int epoch) {
    Map<Float, String> examples = new HashMap<>();
    for (Batch<Indices> batch : loader.epoch(epoch)) {
      int length = batch.inputs().size() / batch.size();
      float[] values = batch.inputs().toArray();
      for (int i = 0; i < batch.size(); i++) {
        float[] example = Arrays.copyOfRange(values, i * length, (i + 1) * length);
        float least = Float.POSITIVE_INFINITY;
        for (float value : example) {
          least = Math.min(least, value);
        }
        examples.put(least, Arrays.toString(example));
      }
    }
    return examples;
  }

  /** Neither batches nor shuffling change what happens to an example; epochs and seeds do. */
  @Test
  void anImageIsChangedBySeedEpochAndExampleAlone() {
    Dataset images = images(40, 2, 3);
    RandomFlip flip = new RandomFlip(0.5);
    Map<Float, String> expected = byExample(DataLoader.inOrder(images, 40).augmented(1, flip), 1);
    assertThat(expected).hasSize(40);
    assertThat(byExample(DataLoader.shuffled(images, 7, 5).augmented(1, flip), 1))
        .isEqualTo(expected);
    assertThat(byExample(DataLoader.inOrder(images, 40).augmented(1, flip), 2))
        .isNotEqualTo(expected);
    assertThat(byExample(DataLoader.inOrder(images, 40).augmented(2, flip), 1))
        .isNotEqualTo(expected);
    assertThat(byExample(DataLoader.inOrder(images, 40), 1)).isNotEqualTo(expected);
  }

  /** A change that is added at the end leaves the chance of those before it alone. */
  @Test
  void eachAugmentationHasChanceOfItsOwn() {
    Dataset images = images(40, 2, 3);
    RandomFlip flip = new RandomFlip(0.5);
    DataLoader<Indices> one = DataLoader.inOrder(images, 40).augmented(1, flip);
    DataLoader<Indices> two =
        DataLoader.inOrder(images, 40).augmented(1, flip, new GaussianNoise(0));
    assertThat(byExample(two, 1)).isEqualTo(byExample(one, 1));
  }

  @Test
  void imagesMayHaveChannelsAndAnotherSize() {
    Batch<Indices> grey =
        DataLoader.inOrder(images(3, 5, 6), 3)
            .augmented(1, new RandomCrop(2, 4, 0))
            .epoch(1)
            .iterator()
            .next();
    assertThat(grey.inputs().shape()).isEqualTo(Shape.of(3, 2, 4));
    Batch<Indices> coloured =
        DataLoader.inOrder(images(3, 2, 5, 6), 3)
            .augmented(1, new RandomCrop(2, 4, 0))
            .epoch(1)
            .iterator()
            .next();
    assertThat(coloured.inputs().shape()).isEqualTo(Shape.of(3, 2, 2, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataLoader.inOrder(images(3, 5), 3).augmented(1, new RandomFlip(1)))
        .withMessage(
            "examples of shape [5]; expected images [height, width] or [channels, height, width]");
  }

  /** The data set stays as it was. */
  @Test
  void augmentsCopies() {
    Dataset images = images(4, 2, 3);
    float[] before = images.inputs().toArray();
    DataLoader.inOrder(images, 2)
        .augmented(1, new RandomFlip(1), new GaussianNoise(1))
        .epoch(1)
        .forEach(batch -> assertThat(batch.size()).isEqualTo(2));
    assertThat(images.inputs().toArray()).isEqualTo(before);
  }
}
