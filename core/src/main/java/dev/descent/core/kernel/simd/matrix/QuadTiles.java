package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** Tiles of the matrix product that are four vectors wide. {@link Tiles} says what they compute. */
final class QuadTiles {
  private QuadTiles() {}

  /** Six rows, the elements of each row of p side by side. */
  static void sixFromRows(
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
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c0b = zero;
    FloatVector c0c = zero;
    FloatVector c0d = zero;
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    FloatVector c1c = zero;
    FloatVector c1d = zero;
    FloatVector c2a = zero;
    FloatVector c2b = zero;
    FloatVector c2c = zero;
    FloatVector c2d = zero;
    FloatVector c3a = zero;
    FloatVector c3b = zero;
    FloatVector c3c = zero;
    FloatVector c3d = zero;
    FloatVector c4a = zero;
    FloatVector c4b = zero;
    FloatVector c4c = zero;
    FloatVector c4d = zero;
    FloatVector c5a = zero;
    FloatVector c5b = zero;
    FloatVector c5c = zero;
    FloatVector c5d = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
      c0c = FloatVector.fromArray(FLOATS, c, cOffset + 2 * LANES);
      c0d = FloatVector.fromArray(FLOATS, c, cOffset + 3 * LANES);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c1b = FloatVector.fromArray(FLOATS, c, cOffset + cRow + LANES);
      c1c = FloatVector.fromArray(FLOATS, c, cOffset + cRow + 2 * LANES);
      c1d = FloatVector.fromArray(FLOATS, c, cOffset + cRow + 3 * LANES);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c2b = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + LANES);
      c2c = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + 2 * LANES);
      c2d = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + 3 * LANES);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c3b = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + LANES);
      c3c = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + 2 * LANES);
      c3d = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + 3 * LANES);
      c4a = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
      c4b = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + LANES);
      c4c = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + 2 * LANES);
      c4d = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + 3 * LANES);
      c5a = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
      c5b = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + LANES);
      c5c = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + 2 * LANES);
      c5d = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + 3 * LANES);
    }
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector qb = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector qc = FloatVector.fromArray(FLOATS, q, row + 2 * LANES);
      FloatVector qd = FloatVector.fromArray(FLOATS, q, row + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + l]);
      c0a = x.fma(qa, c0a);
      c0b = x.fma(qb, c0b);
      c0c = x.fma(qc, c0c);
      c0d = x.fma(qd, c0d);
      x = FloatVector.broadcast(FLOATS, p[p1 + l]);
      c1a = x.fma(qa, c1a);
      c1b = x.fma(qb, c1b);
      c1c = x.fma(qc, c1c);
      c1d = x.fma(qd, c1d);
      x = FloatVector.broadcast(FLOATS, p[p2 + l]);
      c2a = x.fma(qa, c2a);
      c2b = x.fma(qb, c2b);
      c2c = x.fma(qc, c2c);
      c2d = x.fma(qd, c2d);
      x = FloatVector.broadcast(FLOATS, p[p3 + l]);
      c3a = x.fma(qa, c3a);
      c3b = x.fma(qb, c3b);
      c3c = x.fma(qc, c3c);
      c3d = x.fma(qd, c3d);
      x = FloatVector.broadcast(FLOATS, p[p4 + l]);
      c4a = x.fma(qa, c4a);
      c4b = x.fma(qb, c4b);
      c4c = x.fma(qc, c4c);
      c4d = x.fma(qd, c4d);
      x = FloatVector.broadcast(FLOATS, p[p5 + l]);
      c5a = x.fma(qa, c5a);
      c5b = x.fma(qb, c5b);
      c5c = x.fma(qc, c5c);
      c5d = x.fma(qd, c5d);
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
    c0c.intoArray(c, cOffset + 2 * LANES);
    c0d.intoArray(c, cOffset + 3 * LANES);
    c1a.intoArray(c, cOffset + cRow);
    c1b.intoArray(c, cOffset + cRow + LANES);
    c1c.intoArray(c, cOffset + cRow + 2 * LANES);
    c1d.intoArray(c, cOffset + cRow + 3 * LANES);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c2b.intoArray(c, cOffset + 2 * cRow + LANES);
    c2c.intoArray(c, cOffset + 2 * cRow + 2 * LANES);
    c2d.intoArray(c, cOffset + 2 * cRow + 3 * LANES);
    c3a.intoArray(c, cOffset + 3 * cRow);
    c3b.intoArray(c, cOffset + 3 * cRow + LANES);
    c3c.intoArray(c, cOffset + 3 * cRow + 2 * LANES);
    c3d.intoArray(c, cOffset + 3 * cRow + 3 * LANES);
    c4a.intoArray(c, cOffset + 4 * cRow);
    c4b.intoArray(c, cOffset + 4 * cRow + LANES);
    c4c.intoArray(c, cOffset + 4 * cRow + 2 * LANES);
    c4d.intoArray(c, cOffset + 4 * cRow + 3 * LANES);
    c5a.intoArray(c, cOffset + 5 * cRow);
    c5b.intoArray(c, cOffset + 5 * cRow + LANES);
    c5c.intoArray(c, cOffset + 5 * cRow + 2 * LANES);
    c5d.intoArray(c, cOffset + 5 * cRow + 3 * LANES);
  }

  /** Six rows, the elements of each column of p side by side. */
  static void sixFromColumns(
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
    FloatVector c0c = zero;
    FloatVector c0d = zero;
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    FloatVector c1c = zero;
    FloatVector c1d = zero;
    FloatVector c2a = zero;
    FloatVector c2b = zero;
    FloatVector c2c = zero;
    FloatVector c2d = zero;
    FloatVector c3a = zero;
    FloatVector c3b = zero;
    FloatVector c3c = zero;
    FloatVector c3d = zero;
    FloatVector c4a = zero;
    FloatVector c4b = zero;
    FloatVector c4c = zero;
    FloatVector c4d = zero;
    FloatVector c5a = zero;
    FloatVector c5b = zero;
    FloatVector c5c = zero;
    FloatVector c5d = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
      c0c = FloatVector.fromArray(FLOATS, c, cOffset + 2 * LANES);
      c0d = FloatVector.fromArray(FLOATS, c, cOffset + 3 * LANES);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c1b = FloatVector.fromArray(FLOATS, c, cOffset + cRow + LANES);
      c1c = FloatVector.fromArray(FLOATS, c, cOffset + cRow + 2 * LANES);
      c1d = FloatVector.fromArray(FLOATS, c, cOffset + cRow + 3 * LANES);
      c2a = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c2b = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + LANES);
      c2c = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + 2 * LANES);
      c2d = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow + 3 * LANES);
      c3a = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c3b = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + LANES);
      c3c = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + 2 * LANES);
      c3d = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow + 3 * LANES);
      c4a = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
      c4b = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + LANES);
      c4c = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + 2 * LANES);
      c4d = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow + 3 * LANES);
      c5a = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
      c5b = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + LANES);
      c5c = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + 2 * LANES);
      c5d = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow + 3 * LANES);
    }
    int column = pOffset;
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector qb = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector qc = FloatVector.fromArray(FLOATS, q, row + 2 * LANES);
      FloatVector qd = FloatVector.fromArray(FLOATS, q, row + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[column]);
      c0a = x.fma(qa, c0a);
      c0b = x.fma(qb, c0b);
      c0c = x.fma(qc, c0c);
      c0d = x.fma(qd, c0d);
      x = FloatVector.broadcast(FLOATS, p[column + 1]);
      c1a = x.fma(qa, c1a);
      c1b = x.fma(qb, c1b);
      c1c = x.fma(qc, c1c);
      c1d = x.fma(qd, c1d);
      x = FloatVector.broadcast(FLOATS, p[column + 2]);
      c2a = x.fma(qa, c2a);
      c2b = x.fma(qb, c2b);
      c2c = x.fma(qc, c2c);
      c2d = x.fma(qd, c2d);
      x = FloatVector.broadcast(FLOATS, p[column + 3]);
      c3a = x.fma(qa, c3a);
      c3b = x.fma(qb, c3b);
      c3c = x.fma(qc, c3c);
      c3d = x.fma(qd, c3d);
      x = FloatVector.broadcast(FLOATS, p[column + 4]);
      c4a = x.fma(qa, c4a);
      c4b = x.fma(qb, c4b);
      c4c = x.fma(qc, c4c);
      c4d = x.fma(qd, c4d);
      x = FloatVector.broadcast(FLOATS, p[column + 5]);
      c5a = x.fma(qa, c5a);
      c5b = x.fma(qb, c5b);
      c5c = x.fma(qc, c5c);
      c5d = x.fma(qd, c5d);
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
    c0c.intoArray(c, cOffset + 2 * LANES);
    c0d.intoArray(c, cOffset + 3 * LANES);
    c1a.intoArray(c, cOffset + cRow);
    c1b.intoArray(c, cOffset + cRow + LANES);
    c1c.intoArray(c, cOffset + cRow + 2 * LANES);
    c1d.intoArray(c, cOffset + cRow + 3 * LANES);
    c2a.intoArray(c, cOffset + 2 * cRow);
    c2b.intoArray(c, cOffset + 2 * cRow + LANES);
    c2c.intoArray(c, cOffset + 2 * cRow + 2 * LANES);
    c2d.intoArray(c, cOffset + 2 * cRow + 3 * LANES);
    c3a.intoArray(c, cOffset + 3 * cRow);
    c3b.intoArray(c, cOffset + 3 * cRow + LANES);
    c3c.intoArray(c, cOffset + 3 * cRow + 2 * LANES);
    c3d.intoArray(c, cOffset + 3 * cRow + 3 * LANES);
    c4a.intoArray(c, cOffset + 4 * cRow);
    c4b.intoArray(c, cOffset + 4 * cRow + LANES);
    c4c.intoArray(c, cOffset + 4 * cRow + 2 * LANES);
    c4d.intoArray(c, cOffset + 4 * cRow + 3 * LANES);
    c5a.intoArray(c, cOffset + 5 * cRow);
    c5b.intoArray(c, cOffset + 5 * cRow + LANES);
    c5c.intoArray(c, cOffset + 5 * cRow + 2 * LANES);
    c5d.intoArray(c, cOffset + 5 * cRow + 3 * LANES);
  }

  /** Two rows, with p stored in either way; strides of 0 make them one and the same. */
  static void two(
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
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector c0a = zero;
    FloatVector c0b = zero;
    FloatVector c0c = zero;
    FloatVector c0d = zero;
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    FloatVector c1c = zero;
    FloatVector c1d = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
      c0c = FloatVector.fromArray(FLOATS, c, cOffset + 2 * LANES);
      c0d = FloatVector.fromArray(FLOATS, c, cOffset + 3 * LANES);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c1b = FloatVector.fromArray(FLOATS, c, cOffset + cRow + LANES);
      c1c = FloatVector.fromArray(FLOATS, c, cOffset + cRow + 2 * LANES);
      c1d = FloatVector.fromArray(FLOATS, c, cOffset + cRow + 3 * LANES);
    }
    int column = pOffset;
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector qb = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector qc = FloatVector.fromArray(FLOATS, q, row + 2 * LANES);
      FloatVector qd = FloatVector.fromArray(FLOATS, q, row + 3 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[column]);
      c0a = x.fma(qa, c0a);
      c0b = x.fma(qb, c0b);
      c0c = x.fma(qc, c0c);
      c0d = x.fma(qd, c0d);
      x = FloatVector.broadcast(FLOATS, p[column + pRow]);
      c1a = x.fma(qa, c1a);
      c1b = x.fma(qb, c1b);
      c1c = x.fma(qc, c1c);
      c1d = x.fma(qd, c1d);
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
    c0c.intoArray(c, cOffset + 2 * LANES);
    c0d.intoArray(c, cOffset + 3 * LANES);
    c1a.intoArray(c, cOffset + cRow);
    c1b.intoArray(c, cOffset + cRow + LANES);
    c1c.intoArray(c, cOffset + cRow + 2 * LANES);
    c1d.intoArray(c, cOffset + cRow + 3 * LANES);
  }
}
