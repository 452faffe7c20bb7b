package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/**
 * Cuts a part out of an image, each place equally likely, after zeros have been put around it.
 *
 * @param height the height of the part, at least 1
 * @param width the width of the part, at least 1
 * @param padding how many zeros there are at each side, 0 or more
 */
public record RandomCrop(int height, int width, int padding) implements Augmentation {
  /** Checks the ranges. */
  public RandomCrop {
    Check.check(height >= 1, "height", height, "height >= 1");
    Check.check(width >= 1, "width", width, "width >= 1");
    Check.check(padding >= 0, "padding", padding, "padding >= 0");
  }

  /**
   * Cuts out a part.
   *
   * @throws IllegalArgumentException if the image with its padding is smaller than the part
   */
  @Override
  public Image apply(Image image, RandomStream random) {
    int rows = image.height() + 2 * padding - height;
    int columns = image.width() + 2 * padding - width;
    Check.check(rows >= 0, "height", height, "at most " + (rows + height));
    Check.check(columns >= 0, "width", width, "at most " + (columns + width));
    int top = random.nextInt(rows + 1) - padding;
    int left = random.nextInt(columns + 1) - padding;
    return image.window(top, left, height, width);
  }
}
