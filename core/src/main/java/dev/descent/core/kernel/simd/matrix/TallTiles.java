package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Tall tiles of the matrix product: twelve rows, two vectors wide. {@link Tiles} says what they
 * compute.
 */
final class TallTiles {
  private TallTiles() {}

  /** The elements of each row of p side by side. */
  static void fromRows(
      int k,
      float[] p,
      int pOffset,
      int pRow,
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
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c0b = zero;
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    FloatVector c2a = zero;
    FloatVector c2b = zero;
    FloatVector c3a = zero;
    FloatVector c3b = zero;
    FloatVector c4a = zero;
    FloatVector c4b = zero;
    FloatVector c5a = zero;
    FloatVector c5b = zero;
    FloatVector c6a = zero;
    FloatVector c6b = zero;
    FloatVector c7a = zero;
    FloatVector c7b = zero;
    FloatVector c8a = zero;
    FloatVector c8b = zero;
    FloatVector c9a = zero;
    FloatVector c9b = zero;
    FloatVector c10a = zero;
    FloatVector c10b = zero;
    FloatVector c11a = zero;
    FloatVector c11b = zero;
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
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector qb = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + l]);
      c0a = x.fma(qa, c0a);
      c0b = x.fma(qb, c0b);
      x = FloatVector.broadcast(FLOATS, p[p1 + l]);
      c1a = x.fma(qa, c1a);
      c1b = x.fma(qb, c1b);
      x = FloatVector.broadcast(FLOATS, p[p2 + l]);
      c2a = x.fma(qa, c2a);
      c2b = x.fma(qb, c2b);
      x = FloatVector.broadcast(FLOATS, p[p3 + l]);
      c3a = x.fma(qa, c3a);
      c3b = x.fma(qb, c3b);
      x = FloatVector.broadcast(FLOATS, p[p4 + l]);
      c4a = x.fma(qa, c4a);
      c4b = x.fma(qb, c4b);
      x = FloatVector.broadcast(FLOATS, p[p5 + l]);
      c5a = x.fma(qa, c5a);
      c5b = x.fma(qb, c5b);
      x = FloatVector.broadcast(FLOATS, p[p6 + l]);
      c6a = x.fma(qa, c6a);
      c6b = x.fma(qb, c6b);
      x = FloatVector.broadcast(FLOATS, p[p7 + l]);
      c7a = x.fma(qa, c7a);
      c7b = x.fma(qb, c7b);
      x = FloatVector.broadcast(FLOATS, p[p8 + l]);
      c8a = x.fma(qa, c8a);
      c8b = x.fma(qb, c8b);
      x = FloatVector.broadcast(FLOATS, p[p9 + l]);
      c9a = x.fma(qa, c9a);
      c9b = x.fma(qb, c9b);
      x = FloatVector.broadcast(FLOATS, p[p10 + l]);
      c10a = x.fma(qa, c10a);
      c10b = x.fma(qb, c10b);
      x = FloatVector.broadcast(FLOATS, p[p11 + l]);
      c11a = x.fma(qa, c11a);
      c11b = x.fma(qb, c11b);
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

  /** The elements of each column of p side by side. */
  static void fromColumns(
      int k,
      float[] p,
      int pOffset,
      int pColumn,
      float[] q,
      int qOffset,
      int qRow,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c0b = zero;
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    FloatVector c2a = zero;
    FloatVector c2b = zero;
    FloatVector c3a = zero;
    FloatVector c3b = zero;
    FloatVector c4a = zero;
    FloatVector c4b = zero;
    FloatVector c5a = zero;
    FloatVector c5b = zero;
    FloatVector c6a = zero;
    FloatVector c6b = zero;
    FloatVector c7a = zero;
    FloatVector c7b = zero;
    FloatVector c8a = zero;
    FloatVector c8b = zero;
    FloatVector c9a = zero;
    FloatVector c9b = zero;
    FloatVector c10a = zero;
    FloatVector c10b = zero;
    FloatVector c11a = zero;
    FloatVector c11b = zero;
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
    int column = pOffset;
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector qb = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[column]);
      c0a = x.fma(qa, c0a);
      c0b = x.fma(qb, c0b);
      x = FloatVector.broadcast(FLOATS, p[column + 1]);
      c1a = x.fma(qa, c1a);
      c1b = x.fma(qb, c1b);
      x = FloatVector.broadcast(FLOATS, p[column + 2]);
      c2a = x.fma(qa, c2a);
      c2b = x.fma(qb, c2b);
      x = FloatVector.broadcast(FLOATS, p[column + 3]);
      c3a = x.fma(qa, c3a);
      c3b = x.fma(qb, c3b);
      x = FloatVector.broadcast(FLOATS, p[column + 4]);
      c4a = x.fma(qa, c4a);
      c4b = x.fma(qb, c4b);
      x = FloatVector.broadcast(FLOATS, p[column + 5]);
      c5a = x.fma(qa, c5a);
      c5b = x.fma(qb, c5b);
      x = FloatVector.broadcast(FLOATS, p[column + 6]);
      c6a = x.fma(qa, c6a);
      c6b = x.fma(qb, c6b);
      x = FloatVector.broadcast(FLOATS, p[column + 7]);
      c7a = x.fma(qa, c7a);
      c7b = x.fma(qb, c7b);
      x = FloatVector.broadcast(FLOATS, p[column + 8]);
      c8a = x.fma(qa, c8a);
      c8b = x.fma(qb, c8b);
      x = FloatVector.broadcast(FLOATS, p[column + 9]);
      c9a = x.fma(qa, c9a);
      c9b = x.fma(qb, c9b);
      x = FloatVector.broadcast(FLOATS, p[column + 10]);
      c10a = x.fma(qa, c10a);
      c10b = x.fma(qb, c10b);
      x = FloatVector.broadcast(FLOATS, p[column + 11]);
      c11a = x.fma(qa, c11a);
      c11b = x.fma(qb, c11b);
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
}
