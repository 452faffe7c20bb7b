package dev.descent.examples.recommend;

import dev.descent.nn.data.TensorDataset;

/**
 * What can be said without factors: the mean of all ratings, what each item is rated above it, and
 * what each user rates above both. Both are drawn towards zero where there are few ratings (Koren
 * 2010, "Factor in the Neighbors: Scalable and Accurate Collaborative Filtering", section 2.1).
 */
final class Means {
  /** As if everybody had given, and everything had got, so many usual ratings more. */
  private static final int DAMPING = 5;

  private final double mean;
  private final double[] items;
  private final double[] users;

  Means(Ratings ratings, TensorDataset training) {
    float[] stars = training.targets().toArray();
    double sum = 0;
    for (float rating : stars) {
      sum += rating;
    }
    mean = sum / stars.length;
    items = new double[ratings.items()];
    users = new double[ratings.users()];
    learn(items, 1, training);
    learn(users, 0, training);
  }

  /** Sets the values of one side to what is left on average, given the other values. */
  private void learn(double[] values, int column, TensorDataset training) {
    float[] pairs = training.inputs().toArray();
    float[] stars = training.targets().toArray();
    double[] sums = new double[values.length];
    int[] counts = new int[values.length];
    for (int i = 0; i < stars.length; i++) {
      int which = (int) pairs[2 * i + column];
      sums[which] += stars[i] - of((int) pairs[2 * i], (int) pairs[2 * i + 1]);
      counts[which]++;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = sums[i] / (counts[i] + DAMPING);
    }
  }

  /** The mean of all ratings. */
  double mean() {
    return mean;
  }

  /** The rating that is to be expected. */
  double of(int user, int item) {
    return mean + items[item] + users[user];
  }

  /** The root of the mean squared error. */
  double error(TensorDataset data) {
    float[] pairs = data.inputs().toArray();
    float[] stars = data.targets().toArray();
    double squares = 0;
    for (int i = 0; i < stars.length; i++) {
      double error = stars[i] - of((int) pairs[2 * i], (int) pairs[2 * i + 1]);
      squares += error * error;
    }
    return Math.sqrt(squares / stars.length);
  }
}
