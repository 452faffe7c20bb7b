package dev.descent.nn.augmentation;

import dev.descent.core.random.RandomStream;

/** A random change of an image. A value without state: all chance comes from the stream. */
@FunctionalInterface
public interface Augmentation {
  /**
   * Changes an image.
   *
   * @param image its pixels may be changed, and given back
   * @param random where chance comes from; the same stream gives the same change
   */
  Image apply(Image image, RandomStream random);
}
