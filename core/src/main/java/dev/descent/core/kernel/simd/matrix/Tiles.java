package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.simd.Simd;

/**
 * Products of matrices in tiles: some rows of the result, one, two or four vectors wide, are held
 * in registers while k runs over its whole range.
 *
 * <p>The loops of the tiles are written out, because the compiler keeps vectors in registers only
 * as local variables. Six rows of four vectors, or of two where there are only 16 registers, are
 * chains enough to hide the latency of the multiply-add, and few enough for the general registers:
 * each row of p needs an index of its own. Two vectors with 32 registers are done twelve rows at a
 * time. There are loops for p stored row by row and for p stored column by column, because one
 * known stride lets the compiler fold the address of an element into the load.
 *
 * <p>All compute {@code c[r, s] = start + sum over l of p[r, l] q[l, s]}, with {@code q[l, s]} at
 * {@code qOffset + l * qRow + s} and {@code c[r, s]} at {@code cOffset + r * cRow + s}. The product
 * {@code l * qRow} is not added up from turn to turn: that sum ends up in memory, and each turn
 * would wait for the one before to have written it.
 */
final class Tiles {
  /** The rows of most tiles. */
  static final int ROWS = 6;

  /** The rows of the tallest. */
  static final int MOST_ROWS = 12;

  /** The columns of the widest. */
  static final int WIDE = (Simd.HAS_32_REGISTERS ? 4 : 2) * LANES;

  private Tiles() {}

  /** The rows of the tallest tile of a width for so many: 12, 6, 2 or 1. */
  static int height(int rows, int width) {
    if (Simd.HAS_32_REGISTERS && width == 2 * LANES && rows >= MOST_ROWS) {
      return MOST_ROWS;
    }
    return rows >= ROWS ? ROWS : Math.min(rows, 2);
  }

  /** The columns of the tile for so many: as wide as possible, then wide enough. */
  static int width(int columns) {
    return columns >= WIDE ? WIDE : columns > LANES ? 2 * LANES : LANES;
  }

  /**
   * The product of a few rows after the other with all columns.
   *
   * @param p {@code rows x k}
   * @param q {@code k x columns}, columns side by side; whole vectors of them
   * @param c {@code rows x columns}, columns side by side
   */
  static void multiply(Matrix p, Matrix q, Matrix c, boolean accumulate) {
    int widest = Math.min(WIDE, c.columns());
    int k = p.columns();
    int rows = c.rows();
    int columns = c.columns();
    int row = 0;
    while (row < rows) {
      int height = height(rows - row, widest);
      int column = 0;
      while (column < columns) {
        int width = width(columns - column);
        tile(
            height,
            width / LANES,
            k,
            p.values(),
            p.offset() + row * p.rowStride(),
            p.rowStride(),
            p.columnStride(),
            q.values(),
            q.offset() + column,
            q.rowStride(),
            c.values(),
            c.offset() + row * c.rowStride() + column,
            c.rowStride(),
            accumulate);
        column += width;
      }
      row += height;
    }
  }

  private static void tile(
      int rows,
      int vectors,
      int k,
      float[] p,
      int pOffset,
      int pRow,
      int pColumn,
      float[] q,
      int qOffset,
      int qRow,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    if (rows == MOST_ROWS) {
      if (pColumn == 1) {
        TallTiles.fromRows(k, p, pOffset, pRow, q, qOffset, qRow, c, cOffset, cRow, accumulate);
      } else {
        TallTiles.fromColumns(
            k, p, pOffset, pColumn, q, qOffset, qRow, c, cOffset, cRow, accumulate);
      }
    } else if (rows == ROWS && pColumn == 1) {
      switch (vectors) {
        case 4 ->
            QuadTiles.sixFromRows(
                k, p, pOffset, pRow, q, qOffset, qRow, c, cOffset, cRow, accumulate);
        case 2 ->
            DoubleTiles.sixFromRows(
                k, p, pOffset, pRow, q, qOffset, qRow, c, cOffset, cRow, accumulate);
        default ->
            SingleTiles.sixFromRows(
                k, p, pOffset, pRow, q, qOffset, qRow, c, cOffset, cRow, accumulate);
      }
    } else if (rows == ROWS) {
      switch (vectors) {
        case 4 ->
            QuadTiles.sixFromColumns(
                k, p, pOffset, pColumn, q, qOffset, qRow, c, cOffset, cRow, accumulate);
        case 2 ->
            DoubleTiles.sixFromColumns(
                k, p, pOffset, pColumn, q, qOffset, qRow, c, cOffset, cRow, accumulate);
        default ->
            SingleTiles.sixFromColumns(
                k, p, pOffset, pColumn, q, qOffset, qRow, c, cOffset, cRow, accumulate);
      }
    } else {
      // A single row is two that are the same.
      int p1 = rows == 1 ? 0 : pRow;
      int c1 = rows == 1 ? 0 : cRow;
      switch (vectors) {
        case 4 ->
            QuadTiles.two(k, p, pOffset, p1, pColumn, q, qOffset, qRow, c, cOffset, c1, accumulate);
        case 2 ->
            DoubleTiles.two(
                k, p, pOffset, p1, pColumn, q, qOffset, qRow, c, cOffset, c1, accumulate);
        default ->
            SingleTiles.two(
                k, p, pOffset, p1, pColumn, q, qOffset, qRow, c, cOffset, c1, accumulate);
      }
    }
  }
}
