package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.Transposition;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Copies parts of matrices to where a tile reads or writes them in a row. */
final class Packing {
  private static final Transposition TRANSPOSITION = new SimdTransposition();

  private Packing() {}

  /**
   * Copies a matrix row after row, filled up with zeros on the right.
   *
   * @param width the columns of the copy, at least as many as the matrix has
   */
  static void pack(Matrix from, int width, float[] to, int offset) {
    if (from.columns() < width) {
      Arrays.fill(to, offset, offset + from.rows() * width, 0);
    }
    copy(from, new Matrix(to, offset, from.rows(), width, width, 1));
  }

  /** Copies a matrix to the upper left of another, both stored by rows or by columns. */
  static void copy(Matrix from, Matrix to) {
    boolean fromRows = from.columnStride() == 1;
    boolean toRows = to.columnStride() == 1;
    if (fromRows && toRows) {
      copyRows(from, to);
    } else if (fromRows) {
      transpose(from, to.transposed());
    } else if (toRows) {
      transpose(from.transposed(), to);
    } else {
      copyRows(from.transposed(), to.transposed());
    }
  }

  /**
   * Copies a few rows that are stored by columns, column after column. Whole vectors are stored,
   * whose ends the next column overwrites: {@code to} has room for one more.
   */
  static void packColumns(Matrix from, float[] to, int offset) {
    float[] source = from.values();
    int rows = from.rows();
    int whole = Math.ceilDiv(rows, LANES) * LANES;
    int read = from.offset();
    int written = offset;
    int column = 0;
    for (; column < from.columns() && read <= source.length - whole; column++) {
      for (int row = 0; row < rows; row += LANES) {
        FloatVector.fromArray(FLOATS, source, read + row).intoArray(to, written + row);
      }
      read += from.columnStride();
      written += rows;
    }
    for (; column < from.columns(); column++) {
      System.arraycopy(source, read, to, written, rows);
      read += from.columnStride();
      written += rows;
    }
  }

  private static void transpose(Matrix from, Matrix to) {
    TRANSPOSITION.copy(
        from.values(),
        from.offset(),
        from.rowStride(),
        from.rows(),
        from.columns(),
        to.values(),
        to.offset(),
        to.rowStride());
  }

  /**
   * Down the rows some columns at a time: rows are often shorter than a loop over them is worth.
   * The last columns are done together with some that have been copied already.
   */
  private static void copyRows(Matrix from, Matrix to) {
    int columns = from.columns();
    int column = 0;
    for (; column <= columns - 4 * LANES; column += 4 * LANES) {
      copyFourVectors(from, to, column);
    }
    if (columns >= LANES) {
      for (; column < columns; column += LANES) {
        copyVector(from, to, Math.min(column, columns - LANES));
      }
    } else if (columns >= 4) {
      for (; column < columns; column += 4) {
        copyFour(from, to, Math.min(column, columns - 4));
      }
    } else {
      for (; column < columns; column++) {
        for (int row = 0; row < from.rows(); row++) {
          to.values()[to.index(row, column)] = from.values()[from.index(row, column)];
        }
      }
    }
  }

  private static void copyFourVectors(Matrix from, Matrix to, int column) {
    float[] source = from.values();
    float[] target = to.values();
    int sourceAt = from.offset() + column;
    int targetAt = to.offset() + column;
    for (int row = 0; row < from.rows(); row++) {
      FloatVector.fromArray(FLOATS, source, sourceAt).intoArray(target, targetAt);
      FloatVector.fromArray(FLOATS, source, sourceAt + LANES).intoArray(target, targetAt + LANES);
      FloatVector.fromArray(FLOATS, source, sourceAt + 2 * LANES)
          .intoArray(target, targetAt + 2 * LANES);
      FloatVector.fromArray(FLOATS, source, sourceAt + 3 * LANES)
          .intoArray(target, targetAt + 3 * LANES);
      sourceAt += from.rowStride();
      targetAt += to.rowStride();
    }
  }

  private static void copyVector(Matrix from, Matrix to, int column) {
    float[] source = from.values();
    float[] target = to.values();
    int sourceAt = from.offset() + column;
    int targetAt = to.offset() + column;
    for (int row = 0; row < from.rows(); row++) {
      FloatVector.fromArray(FLOATS, source, sourceAt).intoArray(target, targetAt);
      sourceAt += from.rowStride();
      targetAt += to.rowStride();
    }
  }

  private static void copyFour(Matrix from, Matrix to, int column) {
    float[] source = from.values();
    float[] target = to.values();
    int sourceAt = from.offset() + column;
    int targetAt = to.offset() + column;
    for (int row = 0; row < from.rows(); row++) {
      target[targetAt] = source[sourceAt];
      target[targetAt + 1] = source[sourceAt + 1];
      target[targetAt + 2] = source[sourceAt + 2];
      target[targetAt + 3] = source[sourceAt + 3];
      sourceAt += from.rowStride();
      targetAt += to.rowStride();
    }
  }
}
