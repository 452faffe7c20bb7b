package dev.descent.nn.search;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Split;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ways to hold out data for cross-validation: each example is held out once, by one of k splits,
 * and learned from by the others. The parts are as equal as can be.
 */
public final class Folds {
  private Folds() {}

  /**
   * Splits at random.
   *
   * @param k how many, 2 to the number of examples
   * @param seed the choice depends on it, k and the number of examples alone
   * @throws IllegalArgumentException if k is out of range
   */
  public static <T> List<Split<Examples<T>>> of(Examples<T> data, int k, long seed) {
    return splits(data, k, shuffled(data.size(), seed));
  }

  /**
   * Splits that have the classes in equal shares: of each class every part has as many examples as
   * any other, or one more or less.
   *
   * @param k how many, 2 to the number of examples
   * @param seed the choice depends on it, k and the labels alone
   * @throws IllegalArgumentException if k is out of range
   */
  public static List<Split<Examples<Indices>>> stratified(Dataset data, int k, long seed) {
    int[] shuffled = shuffled(data.size(), seed);
    int[] byClass =
        IntStream.range(0, data.classes())
            .flatMap(label -> IntStream.of(shuffled).filter(i -> data.labels().get(i) == label))
            .toArray();
    return splits(data, k, byClass);
  }

  private static int[] shuffled(int size, long seed) {
    int[] order = IntStream.range(0, size).toArray();
    RandomStream.of(seed, "folds").shuffle(order);
    return order;
  }

  /** Deals the examples out like cards: what follows one another goes to different parts. */
  private static <T> List<Split<Examples<T>>> splits(Examples<T> data, int k, int[] order) {
    if (k < 2 || k > data.size()) {
      throw new IllegalArgumentException("k is " + k + "; expected 2 to " + data.size());
    }
    int[] partOf = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      partOf[order[i]] = i % k;
    }
    return IntStream.range(0, k)
        .mapToObj(part ->
            new Split<>(
                data.subset(where(partOf, part, false)), data.subset(where(partOf, part, true))))
        .toList();
  }

  private static int[] where(int[] partOf, int part, boolean inside) {
    return IntStream.range(0, partOf.length).filter(i -> (partOf[i] == part) == inside).toArray();
  }
}
