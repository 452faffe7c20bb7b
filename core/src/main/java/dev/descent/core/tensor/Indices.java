package dev.descent.core.tensor;

import java.util.Arrays;

/** Whole numbers that choose: the rows to gather, the right class of each example. Immutable. */
public final class Indices {
  private final int[] values;

  private Indices(int[] values) {
    this.values = values;
  }

  /** These numbers, copied. */
  public static Indices of(int... values) {
    return new Indices(values.clone());
  }

  /** How many there are. */
  public int length() {
    return values.length;
  }

  /** The number at a position from 0 to {@code length() - 1}. */
  public int get(int position) {
    return values[position];
  }

  /**
   * A row for each number, with a one in the column that it names and zeros elsewhere: {@code
   * [length, classes]}.
   *
   * @param classes the number of columns
   * @throws IllegalArgumentException if a number is not from 0 to classes - 1
   */
  public Tensor oneHot(int classes) {
    Tensor result = Tensor.zeros(Shape.of(values.length, classes));
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new IllegalArgumentException(
            "oneHot: number %d at %d; expected 0 to %d".formatted(values[i], i, classes - 1));
      }
      result.array()[i * classes + values[i]] = 1;
    }
    return result;
  }

  /** A copy of the numbers. */
  public int[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Indices indices && Arrays.equals(values, indices.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** The numbers in brackets: {@code [3, 1, 4]}. */
  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
