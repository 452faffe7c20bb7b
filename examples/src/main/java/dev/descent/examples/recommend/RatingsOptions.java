package dev.descent.examples.recommend;

import dev.descent.examples.cli.InputException;
import dev.descent.examples.cli.Numbers;
import picocli.CommandLine.Option;

/** How many ratings of what there are. */
final class RatingsOptions {
  private static final int LEAST_RATINGS = 10;
  private static final int PAIRS_PER_RATING = 10;

  /** Whole numbers are exact in a float up to here. */
  private static final int MOST_ROWS = 1 << 24;

  @Option(
      names = "--users",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many users there are. Default: ${DEFAULT-VALUE}.")
  private int users = 2_000;

  @Option(
      names = "--items",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "How many items there are. Default: ${DEFAULT-VALUE}.")
  private int items = 100_000;

  @Option(
      names = "--ratings",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many ratings there are, of which a tenth is held out. Default: ${DEFAULT-VALUE}.")
  private int ratings = 600_000;

  /**
   * Makes them.
   *
   * @throws InputException if there cannot be so many
   */
  Ratings make(long seed) {
    if (Math.max(users, items) > MOST_ROWS) {
      throw new InputException(
          "%,d users and %,d items; expected at most %,d of each"
              .formatted(users, items, MOST_ROWS));
    }
    long most = Math.min(Integer.MAX_VALUE / 4, (long) users * items / PAIRS_PER_RATING);
    if (ratings < LEAST_RATINGS || ratings > most) {
      throw new InputException(
          "--ratings is %d; expected %d to %d, a tenth of all pairs of %,d users and %,d items"
              .formatted(ratings, LEAST_RATINGS, most, users, items));
    }
    return Ratings.of(users, items, ratings, seed);
  }
}
