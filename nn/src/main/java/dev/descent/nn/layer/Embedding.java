package dev.descent.nn.layer;

import dev.descent.core.op.GatherRows;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.ShapeException;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table in which numbers, such as those of words, look up a row each: {@code [...] -> [...,
 * features]}. As a layer it takes whole numbers that are held in floats, which are exact up to
 * 16,777,216.
 *
 * @param weight {@code [rows, features]}
 * @param paddingIndex the row of what fills sequences up, which gets no gradient; null: there is
 *     none
 */
public record Embedding(Parameter weight, @Nullable Integer paddingIndex) implements Layer {
  /**
   * Checks the shape and the padding index.
   *
   * @throws IllegalArgumentException if the weight is no matrix, or there is no such row
   */
  public Embedding {
    if (weight.shape().rank() != 2) {
      throw new ShapeException("embedding", weight.shape(), "expected a table [rows, features]");
    }
    if (paddingIndex != null) {
      checkRow(paddingIndex, "padding index", weight.shape());
    }
  }

  /**
   * A table that starts from the normal distribution with mean 0 and variance 1, as PyTorch's.
   *
   * @param rows how many numbers there are, at least 1
   * @param features how long a row is, at least 1
   * @param random where the initial values come from
   */
  public static Embedding of(int rows, int features, RandomStream random) {
    if (rows < 1 || features < 1) {
      throw new IllegalArgumentException(
          "an embedding of " + rows + " rows of " + features + "; expected at least 1 of each");
    }
    Initializer normal = Initializer.normal(1);
    Tensor table = normal.initialize(Shape.of(rows, features), features, rows, random);
    return new Embedding(Parameter.of(table), null);
  }

  /**
   * The same table, one of whose rows is for padding: zeros, and without a gradient.
   *
   * @throws IllegalArgumentException if there is no such row
   */
  public Embedding withPadding(int index) {
    Embedding padded = new Embedding(weight, index);
    int features = weight.shape().length(1);
    int from = weight.offset() + index * features;
    Arrays.fill(weight.array(), from, from + features, 0);
    return padded;
  }

  /**
   * Asks for the gradient of the rows that are used and no others, for a large table.
   *
   * @return this
   * @see Parameter#byRows
   */
  public Embedding byRows() {
    weight.byRows();
    return this;
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    int[] rows = new int[input.size()];
    for (int i = 0; i < rows.length; i++) {
      float number = input.array()[input.offset() + i];
      rows[i] = (int) number;
      if (rows[i] != number) {
        throw new IllegalArgumentException(
            "embedding: number %s at %d; expected whole numbers".formatted(number, i));
      }
    }
    return lookUp(Indices.of(rows)).reshape(append(input.shape(), weight.shape().length(1)));
  }

  /**
   * The rows of some numbers: {@code [n, features]}.
   *
   * @throws IllegalArgumentException if there is no such row
   */
  public Tensor lookUp(Indices numbers) {
    int[] rows = numbers.toArray();
    for (int row : rows) {
      checkRow(row, "number", weight.shape());
    }
    if (paddingIndex == null) {
      return new GatherRows(weight, numbers).evaluate();
    }
    // The padding's row is looked up in a constant behind those that learn.
    int padding = paddingIndex;
    int[] learning = IntStream.of(rows).filter(row -> row != padding).toArray();
    int[] places = new int[rows.length];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      places[i] = rows[i] == padding ? learning.length : next++;
    }
    Tensor learned = weight.gatherRows(learning);
    Tensor constant = weight.detach().gatherRows(padding);
    return Tensor.concatenate(0, learned, constant).gatherRows(places);
  }

  private static void checkRow(int row, String what, Shape table) {
    if (row < 0 || row >= table.length(0)) {
      throw new IllegalArgumentException(
          "embedding: %s %d; expected 0 to %d".formatted(what, row, table.length(0) - 1));
    }
  }

  private static Shape append(Shape outer, int length) {
    int[] lengths = Arrays.copyOf(outer.toArray(), outer.rank() + 1);
    lengths[outer.rank()] = length;
    return Shape.of(lengths);
  }

  @Override
  public Parts parts() {
    return new Parts().parameter("weight", weight);
  }
}
