package dev.descent.examples.recommend;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import dev.descent.nn.layer.Embedding;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Parts;
import dev.descent.nn.layer.Pass;

/**
 * Matrix factorisation: a rating is the mean, what the user and the item have of their own, and the
 * product of their factors (Koren, Bell and Volinsky 2009, "Matrix Factorization Techniques for
 * Recommender Systems", equation 4).
 *
 * <p>From pairs of user and item {@code [batch, 2]} to ratings {@code [batch]}.
 *
 * @param mean the mean of all ratings
 * @param users the factors of users {@code [users, factors]}
 * @param items the factors of items {@code [items, factors]}
 * @param userBias {@code [users, 1]}
 * @param itemBias {@code [items, 1]}
 */
record Factors(
    double mean, Embedding users, Embedding items, Embedding userBias, Embedding itemBias)
    implements Layer {
  private static final double START = 0.1;

  /** Factors that start small and biases that start from zero. */
  static Factors of(Ratings ratings, double mean, int factors, long seed) {
    RandomStream random = RandomStream.of(seed, "initialization");
    Initializer small = Initializer.normal(START);
    Initializer zero = Initializer.constant(0);
    return new Factors(
        mean,
        table(ratings.users(), factors, small, random),
        table(ratings.items(), factors, small, random),
        table(ratings.users(), 1, zero, random),
        table(ratings.items(), 1, zero, random));
  }

  private static Embedding table(
      int rows, int columns, Initializer initializer, RandomStream random) {
    Tensor start = initializer.initialize(Shape.of(rows, columns), columns, rows, random);
    return new Embedding(Parameter.of(start), null);
  }

  /** Asks for gradients of the rows that a step uses, and no others. */
  Factors byRows() {
    users.byRows();
    items.byRows();
    userBias.byRows();
    itemBias.byRows();
    return this;
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    Indices user = column(input, 0);
    Indices item = column(input, 1);
    Tensor product = users.lookUp(user).times(items.lookUp(item)).sum(1);
    Tensor own = userBias.lookUp(user).plus(itemBias.lookUp(item)).reshape(user.length());
    return product.plus(own).plus((float) mean);
  }

  private static Indices column(Tensor pairs, int column) {
    float[] numbers = pairs.toArray();
    int[] chosen = new int[numbers.length / 2];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = (int) numbers[2 * i + column];
    }
    return Indices.of(chosen);
  }

  @Override
  public Parts parts() {
    return new Parts()
        .layer("users", users)
        .layer("items", items)
        .layer("userBias", userBias)
        .layer("itemBias", itemBias);
  }
}
