package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.FLOATS;

import jdk.incubator.vector.FloatVector;

/** Tiles of the matrix product that are one vector wide. {@link Tiles} says what they compute. */
final class SingleTiles {
  private SingleTiles() {}

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
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector c4 = zero;
    FloatVector c5 = zero;
    if (accumulate) {
      c0 = FloatVector.fromArray(FLOATS, c, cOffset);
      c1 = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c2 = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c3 = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c4 = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
      c5 = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
    }
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + l]);
      c0 = x.fma(qa, c0);
      x = FloatVector.broadcast(FLOATS, p[p1 + l]);
      c1 = x.fma(qa, c1);
      x = FloatVector.broadcast(FLOATS, p[p2 + l]);
      c2 = x.fma(qa, c2);
      x = FloatVector.broadcast(FLOATS, p[p3 + l]);
      c3 = x.fma(qa, c3);
      x = FloatVector.broadcast(FLOATS, p[p4 + l]);
      c4 = x.fma(qa, c4);
      x = FloatVector.broadcast(FLOATS, p[p5 + l]);
      c5 = x.fma(qa, c5);
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + cRow);
    c2.intoArray(c, cOffset + 2 * cRow);
    c3.intoArray(c, cOffset + 3 * cRow);
    c4.intoArray(c, cOffset + 4 * cRow);
    c5.intoArray(c, cOffset + 5 * cRow);
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
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector c4 = zero;
    FloatVector c5 = zero;
    if (accumulate) {
      c0 = FloatVector.fromArray(FLOATS, c, cOffset);
      c1 = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
      c2 = FloatVector.fromArray(FLOATS, c, cOffset + 2 * cRow);
      c3 = FloatVector.fromArray(FLOATS, c, cOffset + 3 * cRow);
      c4 = FloatVector.fromArray(FLOATS, c, cOffset + 4 * cRow);
      c5 = FloatVector.fromArray(FLOATS, c, cOffset + 5 * cRow);
    }
    int column = pOffset;
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[column]);
      c0 = x.fma(qa, c0);
      x = FloatVector.broadcast(FLOATS, p[column + 1]);
      c1 = x.fma(qa, c1);
      x = FloatVector.broadcast(FLOATS, p[column + 2]);
      c2 = x.fma(qa, c2);
      x = FloatVector.broadcast(FLOATS, p[column + 3]);
      c3 = x.fma(qa, c3);
      x = FloatVector.broadcast(FLOATS, p[column + 4]);
      c4 = x.fma(qa, c4);
      x = FloatVector.broadcast(FLOATS, p[column + 5]);
      c5 = x.fma(qa, c5);
      column += pColumn;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + cRow);
    c2.intoArray(c, cOffset + 2 * cRow);
    c3.intoArray(c, cOffset + 3 * cRow);
    c4.intoArray(c, cOffset + 4 * cRow);
    c5.intoArray(c, cOffset + 5 * cRow);
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
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    if (accumulate) {
      c0 = FloatVector.fromArray(FLOATS, c, cOffset);
      c1 = FloatVector.fromArray(FLOATS, c, cOffset + cRow);
    }
    int column = pOffset;
    for (int l = 0; l < k; l++) {
      int row = qOffset + l * qRow;
      FloatVector qa = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[column]);
      c0 = x.fma(qa, c0);
      x = FloatVector.broadcast(FLOATS, p[column + pRow]);
      c1 = x.fma(qa, c1);
      column += pColumn;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + cRow);
  }
}
