package dev.descent.optim;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A matrix in double precision, for the specifications of rules that need one. Immutable, and made
 * to be read like a formula, not to be fast.
 */
public final class DoubleMatrix {
  private final int rows;
  private final int columns;
  private final double[] values;

  private DoubleMatrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * A matrix with these elements.
   *
   * @param values row by row; copied
   * @throws IllegalArgumentException if there are not rows times columns of them
   */
  public static DoubleMatrix of(int rows, int columns, double... values) {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d numbers for a matrix of %d by %d".formatted(values.length, rows, columns));
    }
    return new DoubleMatrix(rows, columns, values.clone());
  }

  /** The matrix with ones on its diagonal. */
  public static DoubleMatrix identity(int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return new DoubleMatrix(n, n, values);
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** One element. */
  public double get(int row, int column) {
    return values[row * columns + column];
  }

  /** A copy of the elements, row by row. */
  public double[] toArray() {
    return values.clone();
  }

  /** The matrix product; each sum in ascending order. */
  public DoubleMatrix times(DoubleMatrix right) {
    if (columns != right.rows) {
      throw new IllegalArgumentException(
          "%d by %d times %d by %d; expected as many columns as rows"
              .formatted(rows, columns, right.rows, right.columns));
    }
    double[] product = new double[rows * right.columns];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        double left = get(i, k);
        for (int j = 0; j < right.columns; j++) {
          product[i * right.columns + j] += left * right.get(k, j);
        }
      }
    }
    return new DoubleMatrix(rows, right.columns, product);
  }

  /** Each element times a number. */
  public DoubleMatrix times(double factor) {
    return map(x -> factor * x);
  }

  /** The sum, element by element. */
  public DoubleMatrix plus(DoubleMatrix other) {
    return with(other, Double::sum);
  }

  /** A function of each element. */
  public DoubleMatrix map(DoubleUnaryOperator function) {
    return new DoubleMatrix(rows, columns, Arrays.stream(values).map(function).toArray());
  }

  /**
   * A function of each element and the one at its place in another matrix.
   *
   * @throws IllegalArgumentException if the other is not as large
   */
  public DoubleMatrix with(DoubleMatrix other, DoubleBinaryOperator function) {
    if (rows != other.rows || columns != other.columns) {
      throw new IllegalArgumentException(
          "%d by %d and %d by %d; expected the same"
              .formatted(rows, columns, other.rows, other.columns));
    }
    return new DoubleMatrix(
        rows,
        columns,
        IntStream.range(0, values.length)
            .mapToDouble(i -> function.applyAsDouble(values[i], other.values[i]))
            .toArray());
  }

  /** Rows and columns exchanged. */
  public DoubleMatrix transposed() {
    double[] transposed = new double[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = get(i, j);
      }
    }
    return new DoubleMatrix(columns, rows, transposed);
  }

  /** The mean of each row, as one column. */
  public DoubleMatrix rowMeans() {
    double[] means = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        means[i] += get(i, j) / columns;
      }
    }
    return new DoubleMatrix(rows, 1, means);
  }

  /** The mean of each column, as one row. */
  public DoubleMatrix columnMeans() {
    return transposed().rowMeans().transposed();
  }

  /** The mean of all elements; NaN if there are none. */
  public double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The root of the sum of squares: the Frobenius norm. */
  public double norm() {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
