package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of the matrix product: a tile of the result is held in registers while k runs
 * once over its whole range. Written out, because the compiler keeps vectors in registers only as
 * local variables: 12 rows of two vectors are 24 accumulators, which with two vectors of the right
 * factor and a broadcast element of the left fill most of the 32 registers of AVX-512 and NEON, and
 * are enough independent chains to hide the latency of the multiply-add.
 *
 * <p>All compute {@code c[r, s] = start + sum over l of p[r, l] q[l, s]} with {@code p[r, l]} at
 * {@code pOffset + r * pRow + l * pColumn}, {@code q[l, s]} at {@code qOffset + l * qRow + s} and
 * {@code c[r, s]} at {@code cOffset + r * cRow + s}.
 */
final class Tiles {
  /** The rows of the tallest tile. */
  static final int ROWS = 12;

  private Tiles() {}

  /** The rows of the tallest tile that fits into so many: 12, 4 or 1. */
  static int height(int rows) {
    return rows >= ROWS ? ROWS : rows >= 4 ? 4 : 1;
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
      case ROWS -> {
        if (wide) {
          twelveWide(k, pv, pAt, pRow, pColumn, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        } else {
          twelveNarrow(k, pv, pAt, pRow, pColumn, qv, qAt, qRow, cv, cAt, cRow, accumulate);
        }
      }
      case 4 -> {
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

  /** A tile of 12 rows and two vectors of columns. */
  private static void twelveWide(
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
    int p4 = pOffset + 4 * pRow;
    int p5 = pOffset + 5 * pRow;
    int p6 = pOffset + 6 * pRow;
    int p7 = pOffset + 7 * pRow;
    int p8 = pOffset + 8 * pRow;
    int p9 = pOffset + 9 * pRow;
    int p10 = pOffset + 10 * pRow;
    int p11 = pOffset + 11 * pRow;
    FloatVector c0a = FloatVector.zero(FLOATS);
    FloatVector c0b = FloatVector.zero(FLOATS);
    FloatVector c1a = FloatVector.zero(FLOATS);
    FloatVector c1b = FloatVector.zero(FLOATS);
    FloatVector c2a = FloatVector.zero(FLOATS);
    FloatVector c2b = FloatVector.zero(FLOATS);
    FloatVector c3a = FloatVector.zero(FLOATS);
    FloatVector c3b = FloatVector.zero(FLOATS);
    FloatVector c4a = FloatVector.zero(FLOATS);
    FloatVector c4b = FloatVector.zero(FLOATS);
    FloatVector c5a = FloatVector.zero(FLOATS);
    FloatVector c5b = FloatVector.zero(FLOATS);
    FloatVector c6a = FloatVector.zero(FLOATS);
    FloatVector c6b = FloatVector.zero(FLOATS);
    FloatVector c7a = FloatVector.zero(FLOATS);
    FloatVector c7b = FloatVector.zero(FLOATS);
    FloatVector c8a = FloatVector.zero(FLOATS);
    FloatVector c8b = FloatVector.zero(FLOATS);
    FloatVector c9a = FloatVector.zero(FLOATS);
    FloatVector c9b = FloatVector.zero(FLOATS);
    FloatVector c10a = FloatVector.zero(FLOATS);
    FloatVector c10b = FloatVector.zero(FLOATS);
    FloatVector c11a = FloatVector.zero(FLOATS);
    FloatVector c11b = FloatVector.zero(FLOATS);
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c1b = FloatVector.fromArray(FLOATS, c, cOffset + cRow + LANES);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c2b = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + LANES);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c3b = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + LANES);
      c4a = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
      c4b = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + LANES);
      c5a = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
      c5b = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + LANES);
      c6a = FloatVector.fromArray(FLOATS, c, cOffset + 6 * cRow);
      c6b = FloatVector.fromArray(FLOATS, c, cOffset + 6 * cRow + LANES);
      c7a = FloatVector.fromArray(FLOATS, c, cOffset + 7 * cRow);
      c7b = FloatVector.fromArray(FLOATS, c, cOffset + 7 * cRow + LANES);
      c8a = FloatVector.fromArray(FLOATS, c, cOffset + 8 * cRow);
      c8b = FloatVector.fromArray(FLOATS, c, cOffset + 8 * cRow + LANES);
      c9a = FloatVector.fromArray(FLOATS, c, cOffset + 9 * cRow);
      c9b = FloatVector.fromArray(FLOATS, c, cOffset + 9 * cRow + LANES);
      c10a = FloatVector.fromArray(FLOATS, c, cOffset + 10 * cRow);
      c10b = FloatVector.fromArray(FLOATS, c, cOffset + 10 * cRow + LANES);
      c11a = FloatVector.fromArray(FLOATS, c, cOffset + 11 * cRow);
      c11b = FloatVector.fromArray(FLOATS, c, cOffset + 11 * cRow + LANES);
    }
    for (int l = 0; l < k; l++) {
      int column = l * pColumn;
      int row = qOffset + l * qRow;
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
      x = FloatVector.broadcast(FLOATS, p[p4 + column]);
      c4a = x.fma(a, c4a);
      c4b = x.fma(b, c4b);
      x = FloatVector.broadcast(FLOATS, p[p5 + column]);
      c5a = x.fma(a, c5a);
      c5b = x.fma(b, c5b);
      x = FloatVector.broadcast(FLOATS, p[p6 + column]);
      c6a = x.fma(a, c6a);
      c6b = x.fma(b, c6b);
      x = FloatVector.broadcast(FLOATS, p[p7 + column]);
      c7a = x.fma(a, c7a);
      c7b = x.fma(b, c7b);
      x = FloatVector.broadcast(FLOATS, p[p8 + column]);
      c8a = x.fma(a, c8a);
      c8b = x.fma(b, c8b);
      x = FloatVector.broadcast(FLOATS, p[p9 + column]);
      c9a = x.fma(a, c9a);
      c9b = x.fma(b, c9b);
      x = FloatVector.broadcast(FLOATS, p[p10 + column]);
      c10a = x.fma(a, c10a);
      c10b = x.fma(b, c10b);
      x = FloatVector.broadcast(FLOATS, p[p11 + column]);
      c11a = x.fma(a, c11a);
      c11b = x.fma(b, c11b);
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
    c1a.intoArray(c, cOffset + cRow);
    c1b.intoArray(c, cOffset + cRow + LANES);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c2b.intoArray(c, cOffset + 2 * cRow + LANES);
    c3a.intoArray(c, cOffset + 3 * cRow);
    c3b.intoArray(c, cOffset + 3 * cRow + LANES);
    c4a.intoArray(c, cOffset + 4 * cRow);
    c4b.intoArray(c, cOffset + 4 * cRow + LANES);
    c5a.intoArray(c, cOffset + 5 * cRow);
    c5b.intoArray(c, cOffset + 5 * cRow + LANES);
    c6a.intoArray(c, cOffset + 6 * cRow);
    c6b.intoArray(c, cOffset + 6 * cRow + LANES);
    c7a.intoArray(c, cOffset + 7 * cRow);
    c7b.intoArray(c, cOffset + 7 * cRow + LANES);
    c8a.intoArray(c, cOffset + 8 * cRow);
    c8b.intoArray(c, cOffset + 8 * cRow + LANES);
    c9a.intoArray(c, cOffset + 9 * cRow);
    c9b.intoArray(c, cOffset + 9 * cRow + LANES);
    c10a.intoArray(c, cOffset + 10 * cRow);
    c10b.intoArray(c, cOffset + 10 * cRow + LANES);
    c11a.intoArray(c, cOffset + 11 * cRow);
    c11b.intoArray(c, cOffset + 11 * cRow + LANES);
  }

  /** A tile of 12 rows and one vector of columns. */
  private static void twelveNarrow(
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
    int p4 = pOffset + 4 * pRow;
    int p5 = pOffset + 5 * pRow;
    int p6 = pOffset + 6 * pRow;
    int p7 = pOffset + 7 * pRow;
    int p8 = pOffset + 8 * pRow;
    int p9 = pOffset + 9 * pRow;
    int p10 = pOffset + 10 * pRow;
    int p11 = pOffset + 11 * pRow;
    FloatVector c0a = FloatVector.zero(FLOATS);
    FloatVector c1a = FloatVector.zero(FLOATS);
    FloatVector c2a = FloatVector.zero(FLOATS);
    FloatVector c3a = FloatVector.zero(FLOATS);
    FloatVector c4a = FloatVector.zero(FLOATS);
    FloatVector c5a = FloatVector.zero(FLOATS);
    FloatVector c6a = FloatVector.zero(FLOATS);
    FloatVector c7a = FloatVector.zero(FLOATS);
    FloatVector c8a = FloatVector.zero(FLOATS);
    FloatVector c9a = FloatVector.zero(FLOATS);
    FloatVector c10a = FloatVector.zero(FLOATS);
    FloatVector c11a = FloatVector.zero(FLOATS);
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c4a = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
      c5a = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
      c6a = FloatVector.fromArray(FLOATS, c, cOffset + 6 * cRow);
      c7a = FloatVector.fromArray(FLOATS, c, cOffset + 7 * cRow);
      c8a = FloatVector.fromArray(FLOATS, c, cOffset + 8 * cRow);
      c9a = FloatVector.fromArray(FLOATS, c, cOffset + 9 * cRow);
      c10a = FloatVector.fromArray(FLOATS, c, cOffset + 10 * cRow);
      c11a = FloatVector.fromArray(FLOATS, c, cOffset + 11 * cRow);
    }
    for (int l = 0; l < k; l++) {
      int column = l * pColumn;
      int row = qOffset + l * qRow;
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      x = FloatVector.broadcast(FLOATS, p[p1 + column]);
      c1a = x.fma(a, c1a);
      x = FloatVector.broadcast(FLOATS, p[p2 + column]);
      c2a = x.fma(a, c2a);
      x = FloatVector.broadcast(FLOATS, p[p3 + column]);
      c3a = x.fma(a, c3a);
      x = FloatVector.broadcast(FLOATS, p[p4 + column]);
      c4a = x.fma(a, c4a);
      x = FloatVector.broadcast(FLOATS, p[p5 + column]);
      c5a = x.fma(a, c5a);
      x = FloatVector.broadcast(FLOATS, p[p6 + column]);
      c6a = x.fma(a, c6a);
      x = FloatVector.broadcast(FLOATS, p[p7 + column]);
      c7a = x.fma(a, c7a);
      x = FloatVector.broadcast(FLOATS, p[p8 + column]);
      c8a = x.fma(a, c8a);
      x = FloatVector.broadcast(FLOATS, p[p9 + column]);
      c9a = x.fma(a, c9a);
      x = FloatVector.broadcast(FLOATS, p[p10 + column]);
      c10a = x.fma(a, c10a);
      x = FloatVector.broadcast(FLOATS, p[p11 + column]);
      c11a = x.fma(a, c11a);
    }
    c0a.intoArray(c, cOffset);
    c1a.intoArray(c, cOffset + cRow);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c3a.intoArray(c, cOffset + 3 * cRow);
    c4a.intoArray(c, cOffset + 4 * cRow);
    c5a.intoArray(c, cOffset + 5 * cRow);
    c6a.intoArray(c, cOffset + 6 * cRow);
    c7a.intoArray(c, cOffset + 7 * cRow);
    c8a.intoArray(c, cOffset + 8 * cRow);
    c9a.intoArray(c, cOffset + 9 * cRow);
    c10a.intoArray(c, cOffset + 10 * cRow);
    c11a.intoArray(c, cOffset + 11 * cRow);
  }

  /** A tile of 4 rows and two vectors of columns. */
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
    FloatVector c0a = FloatVector.zero(FLOATS);
    FloatVector c0b = FloatVector.zero(FLOATS);
    FloatVector c1a = FloatVector.zero(FLOATS);
    FloatVector c1b = FloatVector.zero(FLOATS);
    FloatVector c2a = FloatVector.zero(FLOATS);
    FloatVector c2b = FloatVector.zero(FLOATS);
    FloatVector c3a = FloatVector.zero(FLOATS);
    FloatVector c3b = FloatVector.zero(FLOATS);
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
    for (int l = 0; l < k; l++) {
      int column = l * pColumn;
      int row = qOffset + l * qRow;
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

  /** A tile of 4 rows and one vector of columns. */
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
    FloatVector c0a = FloatVector.zero(FLOATS);
    FloatVector c1a = FloatVector.zero(FLOATS);
    FloatVector c2a = FloatVector.zero(FLOATS);
    FloatVector c3a = FloatVector.zero(FLOATS);
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
    }
    for (int l = 0; l < k; l++) {
      int column = l * pColumn;
      int row = qOffset + l * qRow;
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      x = FloatVector.broadcast(FLOATS, p[p1 + column]);
      c1a = x.fma(a, c1a);
      x = FloatVector.broadcast(FLOATS, p[p2 + column]);
      c2a = x.fma(a, c2a);
      x = FloatVector.broadcast(FLOATS, p[p3 + column]);
      c3a = x.fma(a, c3a);
    }
    c0a.intoArray(c, cOffset);
    c1a.intoArray(c, cOffset + cRow);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c3a.intoArray(c, cOffset + 3 * cRow);
  }

  /** A tile of 1 row and two vectors of columns. */
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
    FloatVector c0a = FloatVector.zero(FLOATS);
    FloatVector c0b = FloatVector.zero(FLOATS);
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
    }
    for (int l = 0; l < k; l++) {
      int column = l * pColumn;
      int row = qOffset + l * qRow;
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector b = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
      c0b = x.fma(b, c0b);
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
  }

  /** A tile of 1 row and one vector of columns. */
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
    FloatVector c0a = FloatVector.zero(FLOATS);
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
    }
    for (int l = 0; l < k; l++) {
      int column = l * pColumn;
      int row = qOffset + l * qRow;
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + column]);
      c0a = x.fma(a, c0a);
    }
    c0a.intoArray(c, cOffset);
  }
}
