package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/** Tiles of the matrix product that are two vectors wide. {@link Tiles} says what they compute. */
final class DoubleTiles {
  private DoubleTiles() {}

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
    FloatVector c1a = zero;
    FloatVector c1b = zero;
    if (accumulate) {
      c0a = FloatVector.fromArray(FLOATS, c, cOffset);
      c0b = FloatVector.fromArray(FLOATS, c, cOffset + LANES);
      c1a = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c1b = FloatVector.fromArray(FLOATS, c, cOffset + cRow + LANES);
    }
    int column = pOffset;
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector qb = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[column]);
      c0a = x.fma(qa, c0a);
      c0b = x.fma(qb, c0b);
      x = FloatVector.broadcast(FLOATS, p[column + pRow]);
      c1a = x.fma(qa, c1a);
      c1b = x.fma(qb, c1b);
      column += pColumn;
    }
    c0a.intoArray(c, cOffset);
    c0b.intoArray(c, cOffset + LANES);
    c1a.intoArray(c, cOffset + cRow);
    c1b.intoArray(c, cOffset + cRow + LANES);
  }
}
