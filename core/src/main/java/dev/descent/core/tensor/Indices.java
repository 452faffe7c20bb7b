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
