package dev.descent.core.kernel;

/**
 * A matrix somewhere in an array: element (i, j) at {@code offset + i * rowStride + j *
 * columnStride}. One of the strides is 1.
 *
 * @param values the array
 * @param offset where element (0, 0) is
 * @param rows the number of rows
 * @param columns the number of columns
 * @param rowStride the distance from row to row
 * @param columnStride the distance from column to column
 */
// A window on an array: compared by nobody, and the array is the point.
@SuppressWarnings("ArrayRecordComponent")
public record Matrix(
    float[] values, int offset, int rows, int columns, int rowStride, int columnStride) {
  /** A matrix stored row after row. */
  public static Matrix rowMajor(float[] values, int offset, int rows, int columns) {
    return new Matrix(values, offset, rows, columns, columns, 1);
  }

  /** The same elements with rows and columns exchanged; nothing is moved. */
  public Matrix transposed() {
    return new Matrix(values, offset, columns, rows, columnStride, rowStride);
  }

  /** Some of the rows: from {@code from} up to but not including {@code to}. */
  public Matrix rows(int from, int to) {
    return new Matrix(
        values, offset + from * rowStride, to - from, columns, rowStride, columnStride);
  }

  /** Some of the columns: from {@code from} up to but not including {@code to}. */
  public Matrix columns(int from, int to) {
    return transposed().rows(from, to).transposed();
  }

  /** The index in {@link #values} of one element. */
  public int index(int row, int column) {
    return offset + row * rowStride + column * columnStride;
  }
}
