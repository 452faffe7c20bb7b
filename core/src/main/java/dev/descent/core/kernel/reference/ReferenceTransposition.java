package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Transposition;

/**
 * Columns become rows element after element, those of four rows side by side: each row of the
 * result is then fetched a quarter as often.
 */
public final class ReferenceTransposition implements Transposition {
  @Override
  public void copy(
      float[] from,
      int fromOffset,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toOffset,
      int toStride) {
    int i = 0;
    for (; i <= rows - 4; i += 4) {
      int row0 = fromOffset + i * fromStride;
      int row1 = row0 + fromStride;
      int row2 = row1 + fromStride;
      int row3 = row2 + fromStride;
      int at = toOffset + i;
      for (int j = 0; j < columns; j++) {
        to[at] = from[row0 + j];
        to[at + 1] = from[row1 + j];
        to[at + 2] = from[row2 + j];
        to[at + 3] = from[row3 + j];
        at += toStride;
      }
    }
    for (; i <= rows - 2; i += 2) {
      int row0 = fromOffset + i * fromStride;
      int row1 = row0 + fromStride;
      int at = toOffset + i;
      for (int j = 0; j < columns; j++) {
        to[at] = from[row0 + j];
        to[at + 1] = from[row1 + j];
        at += toStride;
      }
    }
    for (; i < rows; i++) {
      int row = fromOffset + i * fromStride;
      int at = toOffset + i;
      for (int j = 0; j < columns; j++) {
        to[at] = from[row + j];
        at += toStride;
      }
    }
  }
}
