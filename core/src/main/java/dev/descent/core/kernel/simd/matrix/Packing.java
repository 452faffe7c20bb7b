package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.Transposition;
import dev.descent.core.kernel.simd.SimdTransposition;
import jdk.incubator.vector.FloatVector;

/** Copies parts of matrices to where a tile reads or writes them in a row. */
final class Packing {
  private static final Transposition TRANSPOSITION = new SimdTransposition();

  private Packing() {}

  /**
   * Copies a matrix row after row. On the right, the copy is filled up with anything.
   *
   * @param width the columns of the copy, at least as many as the matrix has
   */
  static void pack(Matrix from, int width, float[] to, int offset) {
    if (from.columnStride() == 1) {
      packRows(from, width, to, offset);
    } else {
      copy(from, new Matrix(to, offset, from.rows(), width, width, 1));
    }
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
   * Copies rows that are side by side, by whole vectors, whose ends the next row overwrites: {@code
   * to} has room for one more.
   *
   * @param width elements from row to row of the copy, at least as many as the matrix has columns
   */
  static void packRows(Matrix from, int width, float[] to, int offset) {
    float[] source = from.values();
    int columns = from.columns();
    int whole = Math.ceilDiv(columns, LANES) * LANES;
    int read = from.offset();
    int written = offset;
    int row = 0;
    for (; row < from.rows() && read <= source.length - whole; row++) {
      for (int column = 0; column < columns; column += LANES) {
        FloatVector.fromArray(FLOATS, source, read + column).intoArray(to, written + column);
      }
      read += from.rowStride();
      written += width;
    }
    for (; row < from.rows(); row++) {
      System.arraycopy(source, read, to, written, columns);
      read += from.rowStride();
      written += width;
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
