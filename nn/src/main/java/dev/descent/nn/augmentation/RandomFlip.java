package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/**
 * Exchanges left and right, or leaves the image as it is. Not for digits and letters.
 *
 * @param probability how likely it is exchanged, {@code 0 <= probability <= 1}
 */
public record RandomFlip(double probability) implements Augmentation {
  /** Checks the range. */
  public RandomFlip {
    Check.share("probability", probability);
  }

  @Override
  public Image apply(Image image, RandomStream random) {
    if (random.nextDouble() >= probability) {
      return image;
    }
    float[] pixels = image.pixels();
    for (int start = 0; start < pixels.length; start += image.width()) {
      for (int i = 0; i < image.width() / 2; i++) {
        int other = start + image.width() - 1 - i;
        float pixel = pixels[start + i];
        pixels[start + i] = pixels[other];
        pixels[other] = pixel;
      }
    }
    return image;
  }
}
