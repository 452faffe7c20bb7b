package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import jdk.incubator.vector.FloatVector;

/**
 * Chooses the loop for a tile of the matrix product by its shape; here are those for few rows, the
 * ones that matter most are in {@link TallTiles}.
 */
final class Tiles {
  private static final int FEW_ROWS = 4;

  private Tiles() {}

  /** The rows of the tallest tile that fits into so many: 12, 4 or 1. */
  static int height(int rows) {
    return rows >= TallTiles.ROWS ? TallTiles.ROWS : rows >= FEW_ROWS ? FEW_ROWS : 1;
  }

  /**
   * The product of one tile.
   *
   * @param p {@code rows x k}; 12, 4 or 1 rows
   * @param q {@code k x columns}, columns side by side; one or two vectors of them
   * @param c {@code rows x columns}, columns side by side
   */
  static void multiply(Matrix p, Matrix q, Matrix c, boolean accumulate) {
    int k = p.columns();
    float[] pv = p.values();
    int pAt = p.offset();
    int pRow = p.rowStride();
    int pColumn = p.columnStride();
    float[] qv = q.values();
    int qAt = q.offset();
    int qRow = q.rowStride();
    float[] cv = c.values();
    int cAt = c.offset();
    int cRow = c.rowStride();
    boolean wide = c.columns() > LANES;
    switch (c.rows()) {
      case TallTiles.ROWS -> {
        if (pColumn == 1 && wide) {
          TallTiles.wideFromRows(k, pv, pAt, pRow, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        } else if (pColumn == 1) {
          TallTiles.narrowFromRows(k, pv, pAt, pRow, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        } else if (wide) {
          TallTiles.wideFromColumns(k, pv, pAt, pColumn, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        } else {
          TallTiles.narrowFromColumns(
              k, pv, pAt, pColumn, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        }
      }
      case FEW_ROWS -> {
        if (wide) {
          fourWide(k, pv, pAt, pRow, pColumn, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        } else {
          fourNarrow(k, pv, pAt, pRow, pColumn, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        }
      }
      default -> {
        if (wide) {
          oneWide(k, pv, pAt, pColumn, qv, qAt, qRow, cv, cAt, accumulate);
        } else {
          oneNarrow(k, pv, pAt, pColumn, qv, qAt, qRow, cv, cAt, accumulate);
        }
      }
    }
  }

  private static void fourWide(
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
    int p1 = pOffset + pRow;
    int p2 = pOffset + 2 * pRow;
    int p3 = pOffset + 3 * pRow;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c0b = zero;
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    FloatVector c2a = zero;
    FloatVector c2b = zero;
    FloatVector c3a = zero;
    FloatVector c3b = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c1b = FloatVector.fromArray(FLOATS, c, cOffset + cRow + LANES);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c2b = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + LANES);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c3b = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + LANES);
    }
    int row = qOffset;
    int column = 0;
    for (int l = 0; l < k; l++) {
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector b = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      c0b = x.fma(b, c0b);
      x = FloatVector.broadcast(FLOATS, p[p1 + column]);
      c1a = x.fma(a, c1a);
      c1b = x.fma(b, c1b);
      x = FloatVector.broadcast(FLOATS, p[p2 + column]);
      c2a = x.fma(a, c2a);
      c2b = x.fma(b, c2b);
      x = FloatVector.broadcast(FLOATS, p[p3 + column]);
      c3a = x.fma(a, c3a);
      c3b = x.fma(b, c3b);
      row += qRow;
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
    c1a.intoArray(c, cOffset + cRow);
    c1b.intoArray(c, cOffset + cRow + LANES);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c2b.intoArray(c, cOffset + 2 * cRow + LANES);
    c3a.intoArray(c, cOffset + 3 * cRow);
    c3b.intoArray(c, cOffset + 3 * cRow + LANES);
  }

  private static void fourNarrow(
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
    int p1 = pOffset + pRow;
    int p2 = pOffset + 2 * pRow;
    int p3 = pOffset + 3 * pRow;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c1a = zero;
    FloatVector c2a = zero;
    FloatVector c3a = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
    }
    int row = qOffset;
    int column = 0;
    for (int l = 0; l < k; l++) {
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      x = FloatVector.broadcast(FLOATS, p[p1 + column]);
      c1a = x.fma(a, c1a);
      x = FloatVector.broadcast(FLOATS, p[p2 + column]);
      c2a = x.fma(a, c2a);
      x = FloatVector.broadcast(FLOATS, p[p3 + column]);
      c3a = x.fma(a, c3a);
      row += qRow;
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
    c1a.intoArray(c, cOffset + cRow);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c3a.intoArray(c, cOffset + 3 * cRow);
  }

  private static void oneWide(
      int k,
      float[] p,
      int pOffset,
      int pColumn,
      float[] q,
      int qOffset,
      int qRow,
      float[] c,
      int cOffset,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c0b = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
    }
    int row = qOffset;
    int column = 0;
    for (int l = 0; l < k; l++) {
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector b = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      c0b = x.fma(b, c0b);
      row += qRow;
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
  }

  private static void oneNarrow(
      int k,
      float[] p,
      int pOffset,
      int pColumn,
      float[] q,
      int qOffset,
      int qRow,
      float[] c,
      int cOffset,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
    }
    int row = qOffset;
    int column = 0;
    for (int l = 0; l < k; l++) {
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      row += qRow;
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
  }
}
