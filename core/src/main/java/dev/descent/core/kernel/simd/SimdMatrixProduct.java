package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.MatrixProduct;

/**
 * The matrix product in register tiles.
 *
 * <p>A tile multiplies rows of the left factor, read element by element and broadcast, with columns
 * of the right, read a vector at a time: so the right factor's columns must lie side by side. Where
 * they do not, a panel of them is copied into place first; or, if that is less to copy, the product
 * is turned around, since the transpose of a product is the product of the transposes.
 */
public final class SimdMatrixProduct implements MatrixProduct {
  private static final int PANEL = 2 * LANES;

  /** How much of k is done at a time, so that a panel stays in the first-level caches. */
  private static final int DEPTH = 512;

  @Override
  public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
    boolean sideways = b.columnStride() != 1 && (a.rowStride() == 1 || c.rows() < c.columns());
    if (sideways) {
      panels(b.transposed(), a.transposed(), c.transposed(), accumulate);
    } else {
      panels(a, b, c, accumulate);
    }
  }

  private static void panels(Matrix a, Matrix b, Matrix c, boolean accumulate) {
    int k = a.columns();
    float[] copy =
        new float
            [b.columnStride() != 1 || c.columns() % PANEL != 0 ? PANEL * Math.min(k, DEPTH) : 0];
    float[] edge =
        new float[c.columnStride() != 1 || c.columns() % PANEL != 0 ? TallTiles.ROWS * PANEL : 0];
    int from = 0;
    do {
      int to = Math.min(k, from + DEPTH);
      Matrix left = a.columns(from, to);
      Matrix right = b.rows(from, to);
      for (int column = 0; column < c.columns(); column += PANEL) {
        int end = Math.min(c.columns(), column + PANEL);
        panel(
            left,
            right.columns(column, end),
            c.columns(column, end),
            accumulate || from > 0,
            copy,
            edge);
      }
      from = to;
    } while (from < k);
  }

  /** One panel of the right factor, as wide as a tile, with all rows of the left. */
  private static void panel(
      Matrix a, Matrix b, Matrix c, boolean accumulate, float[] copy, float[] edge) {
    int width = c.columns() > LANES ? PANEL : LANES;
    Matrix panel = b.columnStride() == 1 && b.columns() == width ? b : pack(b, width, copy);
    boolean inPlace = c.columnStride() == 1 && c.columns() == width;
    int row = 0;
    while (row < c.rows()) {
      int height = Tiles.height(c.rows() - row);
      Matrix rows = a.rows(row, row + height);
      Matrix target = c.rows(row, row + height);
      if (inPlace) {
        Tiles.multiply(rows, panel, target, accumulate);
      } else {
        Matrix tile = new Matrix(edge, 0, height, width, width, 1);
        if (accumulate) {
          copy(target, tile);
        }
        Tiles.multiply(rows, panel, tile, accumulate);
        copy(tile, target);
      }
      row += height;
    }
  }

  /** A panel with its columns side by side, filled up with zeros to the tile's width. */
  private static Matrix pack(Matrix b, int width, float[] copy) {
    Matrix panel = new Matrix(copy, 0, b.rows(), width, width, 1);
    copy(b, panel);
    for (int column = b.columns(); column < width; column++) {
      for (int row = 0; row < b.rows(); row++) {
        copy[row * width + column] = 0;
      }
    }
    return panel;
  }

  /** Copies what both matrices have room for. */
  private static void copy(Matrix from, Matrix to) {
    int rows = Math.min(from.rows(), to.rows());
    int columns = Math.min(from.columns(), to.columns());
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to.values()[to.index(row, column)] = from.values()[from.index(row, column)];
      }
    }
  }
}
