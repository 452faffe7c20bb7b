package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.setting.Check;

/**
 * Moves an image by whole pixels, each distance equally likely; zeros come in at the other side.
 *
 * @param rows how far up or down at most, 0 or more
 * @param columns how far left or right at most, 0 or more
 */
public record RandomShift(int rows, int columns) implements Augmentation {
  /** Checks the ranges. */
  public RandomShift {
    Check.check(rows >= 0, "rows", rows, "rows >= 0");
    Check.check(columns >= 0, "columns", columns, "columns >= 0");
  }

  @Override
  public Image apply(Image image, RandomStream random) {
    int down = random.nextInt(2 * rows + 1) - rows;
    int right = random.nextInt(2 * columns + 1) - columns;
    return image.window(-down, -right, image.height(), image.width());
  }
}
