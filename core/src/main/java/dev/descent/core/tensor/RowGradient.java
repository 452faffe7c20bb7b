package dev.descent.core.tensor;

import dev.descent.core.op.ScatterAddRows;
import java.util.Arrays;

/**
 * A gradient of which most rows are zero: the rows that are not, and which they are. What looking
 * up a few rows of a large table leaves behind, at a cost that depends on those few alone.
 *
 * <p>The rows are in the order in which they were first touched. Rows that were touched several
 * times are there once, with their sum; it is added up in the same order as in {@link
 * ScatterAddRows}, so that each is the same, bit for bit, as in a gradient of all rows.
 */
public final class RowGradient {
  private final Shape shape;
  private final int rowSize;

  /** For each row of the table its place among the touched ones, counted from 1; 0 if untouched. */
  private final int[] places;

  private int[] touched = new int[16];
  private float[] values = {};
  private int count;

  /** No rows of a table {@code [rows, ...]}. */
  RowGradient(Shape shape) {
    this.shape = shape;
    this.rowSize = shape.without(0).size();
    this.places = new int[shape.length(0)];
  }

  /** The table's shape. */
  public Shape shape() {
    return shape;
  }

  /** How many rows have been touched. */
  public int count() {
    return count;
  }

  /** How many elements a row has. */
  public int rowSize() {
    return rowSize;
  }

  /** Which row of the table a touched row is. */
  public int row(int place) {
    return touched[place];
  }

  /** The touched rows one after the other, from 0 on. Not a copy: read, don't write. */
  public float[] array() {
    return values;
  }

  /** Which rows of the table have been touched, in the order of {@link #array}. */
  public Indices rows() {
    return Indices.of(Arrays.copyOf(touched, count));
  }

  /** A copy of the touched rows: {@code [count, ...]}. */
  public Tensor values() {
    return Tensor.of(shape.with(0, count), Arrays.copyOf(values, count * rowSize));
  }

  /** The gradient of all rows: {@code [rows, ...]}. */
  public Tensor toDense() {
    return new ScatterAddRows(values(), rows(), shape).evaluate();
  }

  /** Forgets the touched rows. */
  void clear() {
    for (int place = 0; place < count; place++) {
      places[touched[place]] = 0;
    }
    count = 0;
  }

  /** Adds rows, each where it belongs. */
  void add(ScatterAddRows rows) {
    Tensor input = rows.input();
    for (int i = 0; i < rows.indices().length(); i++) {
      add(rows.indices().get(i), input.array(), input.offset() + i * rowSize);
    }
  }

  /** Adds the touched rows of another gradient. */
  void add(RowGradient other) {
    for (int place = 0; place < other.count; place++) {
      add(other.touched[place], other.values, place * rowSize);
    }
  }

  private void add(int row, float[] from, int offset) {
    int at = place(row) * rowSize;
    for (int i = 0; i < rowSize; i++) {
      values[at + i] += from[offset + i];
    }
  }

  /** Where a row's sum is; it starts from zero. */
  private int place(int row) {
    if (places[row] == 0) {
      if (count == touched.length) {
        touched = Arrays.copyOf(touched, 2 * count);
      }
      int needed = (count + 1) * rowSize;
      if (values.length < needed) {
        values = Arrays.copyOf(values, Math.max(needed, 2 * values.length));
      }
      Arrays.fill(values, count * rowSize, needed, 0);
      touched[count] = row;
      places[row] = ++count;
    }
    return places[row] - 1;
  }
}
