package dev.descent.examples.recommend;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Split;
import dev.descent.nn.data.TensorDataset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Ratings that are made up: what a user makes of an item is a mean, what either has of its own, the
 * product of their tastes, and noise; rounded to 1 to 5 stars. Few items are rated often and many
 * hardly ever, as in a shop: the popularity of the n-th is in proportion to 1 / (n + 100).
 *
 * @param users how many users there are
 * @param items how many items there are
 * @param all which user {@code [n, 2]} rated which item with how many stars {@code [n]}; no pair
 *     twice
 */
record Ratings(int users, int items, TensorDataset all) {
  private static final int TASTES = 4;
  private static final double MEAN = 3.5;
  private static final double USER_DEVIATION = 0.3;
  private static final double ITEM_DEVIATION = 0.4;
  private static final double TASTE_DEVIATION = 0.6;
  private static final double NOISE = 0.5;
  private static final int HEAD = 100;

  /**
   * Makes some up.
   *
   * @param count at most a tenth of all pairs
   */
  static Ratings of(int users, int items, int count, long seed) {
    RandomStream random = RandomStream.of(seed, "ratings");
    double[] userOwn = gaussian(users, USER_DEVIATION, random);
    double[] itemOwn = gaussian(items, ITEM_DEVIATION, random);
    // The product of two such vectors deviates by TASTE_DEVIATION.
    double share = Math.sqrt(TASTE_DEVIATION / Math.sqrt(TASTES));
    double[] userTastes = gaussian(users * TASTES, share, random);
    double[] itemTastes = gaussian(items * TASTES, share, random);
    int[] byPopularity = new int[items];
    double[] popularity = new double[items];
    double total = 0;
    for (int n = 0; n < items; n++) {
      byPopularity[n] = n;
      popularity[n] = total += 1.0 / (n + HEAD);
    }
    random.shuffle(byPopularity);
    float[] pairs = new float[2 * count];
    float[] stars = new float[count];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int user;
      int item;
      do {
        user = random.nextInt(users);
        item = byPopularity[place(popularity, total * random.nextDouble())];
      } while (!seen.add((long) user * items + item));
      double rating = MEAN + userOwn[user] + itemOwn[item] + NOISE * random.nextGaussian();
      for (int taste = 0; taste < TASTES; taste++) {
        rating += userTastes[user * TASTES + taste] * itemTastes[item * TASTES + taste];
      }
      pairs[2 * i] = user;
      pairs[2 * i + 1] = item;
      stars[i] = Math.clamp(Math.round(rating), 1, 5);
    }
    return new Ratings(
        users,
        items,
        new TensorDataset(Tensor.of(Shape.of(count, 2), pairs), Tensor.of(Shape.of(count), stars)));
  }

  private static double[] gaussian(int count, double deviation, RandomStream random) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = deviation * random.nextGaussian();
    }
    return numbers;
  }

  /** The first place whose sum is more than a number. */
  private static int place(double[] sums, double number) {
    int found = Arrays.binarySearch(sums, number);
    return Math.min(sums.length - 1, found < 0 ? -found - 1 : found + 1);
  }

  /** Holds out a tenth. */
  Split<TensorDataset> split(long seed) {
    return all.split(all.size() / 10, seed);
  }
}
