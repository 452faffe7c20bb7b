package dev.descent.core.kernel.simd.convolution;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.simd.Simd;
import jdk.incubator.vector.FloatVector;

/**
 * The innermost loops of convolution: products of matrices in register tiles of eight rows, in
 * which the rows of the right factor lie anywhere. So a row can be an image shifted by a tap of the
 * kernel, and nothing need be copied for each tap.
 *
 * <p>Written out for the compiler's sake, as those of the matrix product are: 24 accumulators,
 * three vectors of q and a broadcast element of p.
 */
final class ConvolutionTiles {
  /** The rows of a tile. */
  static final int ROWS = 8;

  /** The columns of a wide tile. */
  private static final int WIDE = 3 * LANES;

  private ConvolutionTiles() {}

  /** So many columns fill whole vectors. */
  static int padded(int columns) {
    return (columns + LANES - 1) / LANES * LANES;
  }

  /**
   * {@code sums[r, s] += sum over l < k of p[r, l] q[places[l] + s]}, for r below rows and s below
   * columns, l ascending.
   *
   * @param rows a multiple of {@link #ROWS}
   * @param columns a multiple of the number of lanes
   */
  static void multiply(
      int rows,
      int columns,
      int k,
      float[] p,
      int pOffset,
      int pRow,
      float[] q,
      int qOffset,
      int[] places,
      float[] sums,
      int offset,
      int sumsRow) {
    int column = 0;
    for (; Simd.HAS_32_REGISTERS && column <= columns - WIDE; column += WIDE) {
      for (int row = 0; row < rows; row += ROWS) {
        wide(
            k,
            p,
            pOffset + row * pRow,
            pRow,
            q,
            qOffset + column,
            places,
            sums,
            offset + row * sumsRow + column,
            sumsRow);
      }
    }
    for (; column < columns; column += LANES) {
      for (int row = 0; row < rows; row += ROWS) {
        narrow(
            k,
            p,
            pOffset + row * pRow,
            pRow,
            q,
            qOffset + column,
            places,
            sums,
            offset + row * sumsRow + column,
            sumsRow);
      }
    }
  }

  /** A tile of three vectors. */
  private static void wide(
      int k,
      float[] p,
      int pOffset,
      int pRow,
      float[] q,
      int qOffset,
      int[] places,
      float[] sums,
      int offset,
      int sumsRow) {
    int p1 = pOffset + pRow;
    int p2 = pOffset + 2 * pRow;
    int p3 = pOffset + 3 * pRow;
    int p4 = pOffset + 4 * pRow;
    int p5 = pOffset + 5 * pRow;
    int p6 = pOffset + 6 * pRow;
    int p7 = pOffset + 7 * pRow;
    FloatVector c0a = FloatVector.fromArray(FLOATS, sums, offset);
    FloatVector c0b = FloatVector.fromArray(FLOATS, sums, offset + LANES);
    FloatVector c0c = FloatVector.fromArray(FLOATS, sums, offset + 2 * LANES);
    FloatVector c1a = FloatVector.fromArray(FLOATS, sums, offset + sumsRow);
    FloatVector c1b = FloatVector.fromArray(FLOATS, sums, offset + sumsRow + LANES);
    FloatVector c1c = FloatVector.fromArray(FLOATS, sums, offset + sumsRow + 2 * LANES);
    FloatVector c2a = FloatVector.fromArray(FLOATS, sums, offset + 2 * sumsRow);
    FloatVector c2b = FloatVector.fromArray(FLOATS, sums, offset + 2 * sumsRow + LANES);
    FloatVector c2c = FloatVector.fromArray(FLOATS, sums, offset + 2 * sumsRow + 2 * LANES);
    FloatVector c3a = FloatVector.fromArray(FLOATS, sums, offset + 3 * sumsRow);
    FloatVector c3b = FloatVector.fromArray(FLOATS, sums, offset + 3 * sumsRow + LANES);
    FloatVector c3c = FloatVector.fromArray(FLOATS, sums, offset + 3 * sumsRow + 2 * LANES);
    FloatVector c4a = FloatVector.fromArray(FLOATS, sums, offset + 4 * sumsRow);
    FloatVector c4b = FloatVector.fromArray(FLOATS, sums, offset + 4 * sumsRow + LANES);
    FloatVector c4c = FloatVector.fromArray(FLOATS, sums, offset + 4 * sumsRow + 2 * LANES);
    FloatVector c5a = FloatVector.fromArray(FLOATS, sums, offset + 5 * sumsRow);
    FloatVector c5b = FloatVector.fromArray(FLOATS, sums, offset + 5 * sumsRow + LANES);
    FloatVector c5c = FloatVector.fromArray(FLOATS, sums, offset + 5 * sumsRow + 2 * LANES);
    FloatVector c6a = FloatVector.fromArray(FLOATS, sums, offset + 6 * sumsRow);
    FloatVector c6b = FloatVector.fromArray(FLOATS, sums, offset + 6 * sumsRow + LANES);
    FloatVector c6c = FloatVector.fromArray(FLOATS, sums, offset + 6 * sumsRow + 2 * LANES);
    FloatVector c7a = FloatVector.fromArray(FLOATS, sums, offset + 7 * sumsRow);
    FloatVector c7b = FloatVector.fromArray(FLOATS, sums, offset + 7 * sumsRow + LANES);
    FloatVector c7c = FloatVector.fromArray(FLOATS, sums, offset + 7 * sumsRow + 2 * LANES);
    for (int l = 0; l < k; l++) {
      int row = qOffset + places[l];
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector b = FloatVector.fromArray(FLOATS, q, row + LANES);
      FloatVector c = FloatVector.fromArray(FLOATS, q, row + 2 * LANES);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + l]);
      c0a = x.fma(a, c0a);
      c0b = x.fma(b, c0b);
      c0c = x.fma(c, c0c);
      x = FloatVector.broadcast(FLOATS, p[p1 + l]);
      c1a = x.fma(a, c1a);
      c1b = x.fma(b, c1b);
      c1c = x.fma(c, c1c);
      x = FloatVector.broadcast(FLOATS, p[p2 + l]);
      c2a = x.fma(a, c2a);
      c2b = x.fma(b, c2b);
      c2c = x.fma(c, c2c);
      x = FloatVector.broadcast(FLOATS, p[p3 + l]);
      c3a = x.fma(a, c3a);
      c3b = x.fma(b, c3b);
      c3c = x.fma(c, c3c);
      x = FloatVector.broadcast(FLOATS, p[p4 + l]);
      c4a = x.fma(a, c4a);
      c4b = x.fma(b, c4b);
      c4c = x.fma(c, c4c);
      x = FloatVector.broadcast(FLOATS, p[p5 + l]);
      c5a = x.fma(a, c5a);
      c5b = x.fma(b, c5b);
      c5c = x.fma(c, c5c);
      x = FloatVector.broadcast(FLOATS, p[p6 + l]);
      c6a = x.fma(a, c6a);
      c6b = x.fma(b, c6b);
      c6c = x.fma(c, c6c);
      x = FloatVector.broadcast(FLOATS, p[p7 + l]);
      c7a = x.fma(a, c7a);
      c7b = x.fma(b, c7b);
      c7c = x.fma(c, c7c);
    }
    c0a.intoArray(sums, offset);
    c0b.intoArray(sums, offset + LANES);
    c0c.intoArray(sums, offset + 2 * LANES);
    c1a.intoArray(sums, offset + sumsRow);
    c1b.intoArray(sums, offset + sumsRow + LANES);
    c1c.intoArray(sums, offset + sumsRow + 2 * LANES);
    c2a.intoArray(sums, offset + 2 * sumsRow);
    c2b.intoArray(sums, offset + 2 * sumsRow + LANES);
    c2c.intoArray(sums, offset + 2 * sumsRow + 2 * LANES);
    c3a.intoArray(sums, offset + 3 * sumsRow);
    c3b.intoArray(sums, offset + 3 * sumsRow + LANES);
    c3c.intoArray(sums, offset + 3 * sumsRow + 2 * LANES);
    c4a.intoArray(sums, offset + 4 * sumsRow);
    c4b.intoArray(sums, offset + 4 * sumsRow + LANES);
    c4c.intoArray(sums, offset + 4 * sumsRow + 2 * LANES);
    c5a.intoArray(sums, offset + 5 * sumsRow);
    c5b.intoArray(sums, offset + 5 * sumsRow + LANES);
    c5c.intoArray(sums, offset + 5 * sumsRow + 2 * LANES);
    c6a.intoArray(sums, offset + 6 * sumsRow);
    c6b.intoArray(sums, offset + 6 * sumsRow + LANES);
    c6c.intoArray(sums, offset + 6 * sumsRow + 2 * LANES);
    c7a.intoArray(sums, offset + 7 * sumsRow);
    c7b.intoArray(sums, offset + 7 * sumsRow + LANES);
    c7c.intoArray(sums, offset + 7 * sumsRow + 2 * LANES);
  }

  /** A tile of one vector. */
  private static void narrow(
      int k,
      float[] p,
      int pOffset,
      int pRow,
      float[] q,
      int qOffset,
      int[] places,
      float[] sums,
      int offset,
      int sumsRow) {
    int p1 = pOffset + pRow;
    int p2 = pOffset + 2 * pRow;
    int p3 = pOffset + 3 * pRow;
    int p4 = pOffset + 4 * pRow;
    int p5 = pOffset + 5 * pRow;
    int p6 = pOffset + 6 * pRow;
    int p7 = pOffset + 7 * pRow;
    FloatVector c0a = FloatVector.fromArray(FLOATS, sums, offset);
    FloatVector c1a = FloatVector.fromArray(FLOATS, sums, offset + sumsRow);
    FloatVector c2a = FloatVector.fromArray(FLOATS, sums, offset + 2 * sumsRow);
    FloatVector c3a = FloatVector.fromArray(FLOATS, sums, offset + 3 * sumsRow);
    FloatVector c4a = FloatVector.fromArray(FLOATS, sums, offset + 4 * sumsRow);
    FloatVector c5a = FloatVector.fromArray(FLOATS, sums, offset + 5 * sumsRow);
    FloatVector c6a = FloatVector.fromArray(FLOATS, sums, offset + 6 * sumsRow);
    FloatVector c7a = FloatVector.fromArray(FLOATS, sums, offset + 7 * sumsRow);
    for (int l = 0; l < k; l++) {
      int row = qOffset + places[l];
      FloatVector a = FloatVector.fromArray(FLOATS, q, row);
      FloatVector x = FloatVector.broadcast(FLOATS, p[pOffset + l]);
      c0a = x.fma(a, c0a);
      x = FloatVector.broadcast(FLOATS, p[p1 + l]);
      c1a = x.fma(a, c1a);
      x = FloatVector.broadcast(FLOATS, p[p2 + l]);
      c2a = x.fma(a, c2a);
      x = FloatVector.broadcast(FLOATS, p[p3 + l]);
      c3a = x.fma(a, c3a);
      x = FloatVector.broadcast(FLOATS, p[p4 + l]);
      c4a = x.fma(a, c4a);
      x = FloatVector.broadcast(FLOATS, p[p5 + l]);
      c5a = x.fma(a, c5a);
      x = FloatVector.broadcast(FLOATS, p[p6 + l]);
      c6a = x.fma(a, c6a);
      x = FloatVector.broadcast(FLOATS, p[p7 + l]);
      c7a = x.fma(a, c7a);
    }
    c0a.intoArray(sums, offset);
    c1a.intoArray(sums, offset + sumsRow);
    c2a.intoArray(sums, offset + 2 * sumsRow);
    c3a.intoArray(sums, offset + 3 * sumsRow);
    c4a.intoArray(sums, offset + 4 * sumsRow);
    c5a.intoArray(sums, offset + 5 * sumsRow);
    c6a.intoArray(sums, offset + 6 * sumsRow);
    c7a.intoArray(sums, offset + 7 * sumsRow);
  }
}
