package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/**
 * Adds a number from the normal distribution to each pixel, and leaves the sum as it is, also
 * outside of 0 to 1.
 *
 * @param deviation the standard deviation of the numbers; finite, 0 or more
 */
public record GaussianNoise(double deviation) implements Augmentation {
  /** Checks the range. */
  public GaussianNoise {
    Check.notNegative("deviation", deviation);
  }

  @Override
  public Image apply(Image image, RandomStream random) {
    float[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += (float) (deviation * random.nextGaussian());
    }
    return image;
  }
}
