package dev.descent.nn.data;

import dev.descent.core.random.RandomStream;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Two data sets that share no example.
 *
 * @param training the examples left to learn from
 * @param validation the examples held out
 * @param <E> the kind of data set
 */
public record Split<E>(E training, E validation) {
  /** Holds out examples chosen at random; both parts in ascending order. */
  static <E> Split<E> atRandom(int size, int validationSize, long seed, Function<int[], E> subset) {
    checkSize(size, validationSize);
    int[] order = IntStream.range(0, size).toArray();
    RandomStream.of(seed, "validation split").shuffle(order);
    Arrays.sort(order, 0, validationSize);
    Arrays.sort(order, validationSize, order.length);
    return new Split<>(
        subset.apply(Arrays.copyOfRange(order, validationSize, order.length)),
        subset.apply(Arrays.copyOf(order, validationSize)));
  }

  static void checkSize(int size, int validationSize) {
    if (validationSize < 0 || validationSize > size) {
      throw new IllegalArgumentException(
          "validationSize is " + validationSize + "; expected 0 to " + size);
    }
  }
}
