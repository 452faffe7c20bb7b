package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/**
 * Enlarges or reduces an image about its centre, by bilinear interpolation; its size stays, what
 * does not fit is cut off, and zeros fill what is left free.
 *
 * @param least the least factor, greater than 0
 * @param most the greatest factor, at least the least; finite
 */
public record RandomScale(float least, float most) implements Augmentation {
  /** Checks the ranges. */
  public RandomScale {
    Check.check(least > 0, "least", least, "least > 0");
    Check.check(
        most >= least && most < Float.POSITIVE_INFINITY, "most", most, "least <= most < infinity");
  }

  @Override
  public Image apply(Image image, RandomStream random) {
    float factor = least + random.nextFloat() * (most - least);
    return image.turned(1 / factor, 0);
  }
}
