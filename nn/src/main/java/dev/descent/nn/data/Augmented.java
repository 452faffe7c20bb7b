package dev.descent.nn.data;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.augmentation.Augmentation;
import dev.descent.nn.augmentation.Image;
import java.util.List;

/**
 * What happens at random to the images of batches.
 *
 * @param seed where chance comes from
 * @param augmentations in this order
 */
record Augmented(long seed, List<Augmentation> augmentations) {
  /** Nothing. */
  static final Augmented NOT = new Augmented(0, List.of());

  /**
   * Checks that examples are images.
   *
   * @throws IllegalArgumentException if they are not
   */
  void check(Shape example) {
    if (example.rank() != 2 && example.rank() != 3) {
      throw new IllegalArgumentException(
          "examples of shape %s; expected images [height, width] or [channels, height, width]"
              .formatted(example));
    }
  }

  /**
   * The images of a batch, changed. Each augmentation of each image in each epoch has chance of its
   * own.
   *
   * @param order the example of each place in the epoch
   * @param from the place of the batch's first example
   */
  Tensor apply(Tensor images, int[] order, int from, int epoch) {
    if (augmentations.isEmpty()) {
      return images;
    }
    Shape shape = images.shape().without(0);
    boolean hasChannels = shape.rank() == 3;
    Tensor[] changed = new Tensor[images.shape().length(0)];
    for (int i = 0; i < changed.length; i++) {
      float[] pixels = new float[shape.size()];
      int offset = images.offset() + i * pixels.length;
      System.arraycopy(images.array(), offset, pixels, 0, pixels.length);
      int channels = hasChannels ? shape.length(0) : 1;
      Image image = new Image(channels, shape.length(-2), shape.length(-1), pixels);
      for (int j = 0; j < augmentations.size(); j++) {
        image =
            augmentations
                .get(j)
                .apply(image, RandomStream.of(seed, "augmentation", epoch, order[from + i], j));
      }
      Shape result =
          hasChannels
              ? Shape.of(image.channels(), image.height(), image.width())
              : Shape.of(image.height(), image.width());
      changed[i] = Tensor.of(result, image.pixels());
    }
    return Tensor.stack(changed);
  }
}
