package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/**
 * Turns an image about its centre, by bilinear interpolation; zeros come in at the corners.
 *
 * @param degrees how far to either side at most, {@code 0 <= degrees <= 180}
 */
public record RandomRotation(float degrees) implements Augmentation {
  /** Checks the range. */
  public RandomRotation {
    Check.check(degrees >= 0 && degrees <= 180, "degrees", degrees, "0 <= degrees <= 180");
  }

  @Override
  public Image apply(Image image, RandomStream random) {
    double angle = StrictMath.toRadians((2 * random.nextFloat() - 1) * degrees);
    return image.turned((float) StrictMath.cos(angle), (float) StrictMath.sin(angle));
  }
}
