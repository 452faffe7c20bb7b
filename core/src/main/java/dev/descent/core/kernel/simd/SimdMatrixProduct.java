package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.MatrixProduct;

/**
 * The matrix product in register tiles.
 *
 * <p>A tile multiplies rows of the left factor, read element by element and broadcast, with columns
 * of the right, read a vector at a time: so the right factor's columns must lie side by side. Where
 * they do not, they are rearranged a panel at a time; or, if that is less to move, the product is
 * turned around, since the transpose of a product is the product of the transposes.
 *
 * <p>Factors too large for the caches are cut into blocks and copied, so that what a tile reads
 * lies in a row (K. Goto and R. van de Geijn 2008, "Anatomy of High-Performance Matrix
 * Multiplication").
 */
public final class SimdMatrixProduct implements MatrixProduct {
  private static final int ROWS = TallTiles.ROWS;
  private static final int PANEL = 2 * LANES;

  /** How much of k is done at a time: a panel of so many rows stays in the nearer caches. */
  private static final int DEPTH = 512;

  /** Rows of the left factor done at a time: so many of the full depth stay in the second cache. */
  private static final int BLOCK = 40 * ROWS;

  /** Panels of the right factor that pay for copying a block of the left. */
  private static final int MANY_PANELS = 6;

  /** Row tiles of the left factor that pay for copying a panel of the right. */
  private static final int MANY_TILES = 6;

  /** Elements from row to row beyond which a panel of the right factor does not stay in caches. */
  private static final int FAR = 160;

  /** Elements from row to row beyond which twelve rows of the left factor crowd each other out. */
  private static final int VERY_FAR = 512;

  /**
   * So many elements of k and fewer are less work than to read and write the result, as in the
   * gradient of a weight of a small batch. Tiles then follow the rows of the result, and the right
   * factor, which is small, is read where it is. Down a panel, the processor would fetch rows ahead
   * of the tiles, past the last one of this thread and into those that the next one is writing: two
   * threads then took longer than one.
   */
  private static final int SHALLOW = 64;

  @Override
  public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
    boolean sideways = b.columnStride() != 1 && (a.rowStride() == 1 || c.rows() < c.columns());
    Product product =
        sideways
            ? new Product(b.transposed(), a.transposed(), c.transposed(), accumulate)
            : new Product(a, b, c, accumulate);
    product.compute();
  }

  /**
   * What a thread's products copy to: the same memory again and again, which stays in the caches. A
   * new array would have to be fetched and cleared first.
   */
  private static final class Copies {
    private static final ThreadLocal<Copies> OF_THREAD = ThreadLocal.withInitial(Copies::new);

    private final float[] tile = new float[ROWS * PANEL];
    private float[] panel = {};
    private float[] left = {};

    float[] panel(int length) {
      panel = atLeast(length, panel);
      return panel;
    }

    float[] left(int length) {
      left = atLeast(length, left);
      return left;
    }

    private static float[] atLeast(int length, float[] array) {
      return array.length < length ? new float[length] : array;
    }
  }

  /** One product with the memory that it copies to. */
  private static final class Product {
    private final Matrix a;
    private final Matrix b;
    private final Matrix c;
    private final boolean accumulate;
    private final boolean packsLeft;
    private final boolean packsRight;
    private final boolean followsRows;
    private final int depth;
    private final float[] leftCopy;
    private final float[] panelCopy;
    private final float[] tileCopy;

    Product(Matrix a, Matrix b, Matrix c, boolean accumulate) {
      this.a = a;
      this.b = b;
      this.c = c;
      this.accumulate = accumulate;
      int k = a.columns();
      // A result that is written across its rows is read and written by blocks of k: fewer of them.
      int blocks = Math.max(1, Math.ceilDiv(k, c.columnStride() == 1 ? DEPTH : 4 * DEPTH));
      depth = Math.ceilDiv(k, blocks);
      packsLeft =
          c.columns() >= MANY_PANELS * PANEL
              && Math.max(a.rowStride(), a.columnStride()) >= VERY_FAR;
      packsRight =
          b.columnStride() != 1
              || (k > SHALLOW && c.rows() >= MANY_TILES * ROWS && b.rowStride() >= FAR);
      followsRows = k <= SHALLOW && !packsRight;
      Copies copies = Copies.OF_THREAD.get();
      int blockRows = Math.min(BLOCK, c.rows() / ROWS * ROWS);
      leftCopy = copies.left(packsLeft ? blockRows * depth : 0);
      panelCopy = copies.panel(packsRight || c.columns() % PANEL != 0 ? PANEL * depth : 0);
      tileCopy = copies.tile;
    }

    void compute() {
      int k = a.columns();
      int from = 0;
      do {
        int to = Math.min(k, from + depth);
        for (int row = 0; row < c.rows(); row += BLOCK) {
          int end = Math.min(c.rows(), row + BLOCK);
          block(
              a.rows(row, end).columns(from, to),
              b.rows(from, to),
              c.rows(row, end),
              accumulate || from > 0);
        }
        from = to;
      } while (from < k);
    }

    private void block(Matrix left, Matrix right, Matrix target, boolean add) {
      int packedRows = packsLeft ? left.rows() / ROWS * ROWS : 0;
      for (int row = 0; row < packedRows; row += ROWS) {
        Packing.pack(left.rows(row, row + ROWS).transposed(), ROWS, leftCopy, row * left.columns());
      }
      int wholePanels = followsRows ? c.columns() / PANEL * PANEL : 0;
      follow(left, packedRows, right.columns(0, wholePanels), target.columns(0, wholePanels), add);
      for (int column = wholePanels; column < c.columns(); column += PANEL) {
        int end = Math.min(c.columns(), column + PANEL);
        panel(left, packedRows, right.columns(column, end), target.columns(column, end), add);
      }
    }

    /** Tiles from left to right through all of the right factor, some rows after the others. */
    private void follow(Matrix left, int packedRows, Matrix right, Matrix target, boolean add) {
      int row = 0;
      while (row < target.rows()) {
        int height = Tiles.height(target.rows() - row);
        Matrix rows = rows(left, packedRows, row, height);
        Matrix results = target.rows(row, row + height);
        for (int column = 0; column < right.columns(); column += PANEL) {
          int end = column + PANEL;
          tile(rows, right.columns(column, end), results.columns(column, end), add);
        }
        row += height;
      }
    }

    /** One panel of the right factor, as wide as a tile, with all rows of the left. */
    private void panel(Matrix left, int packedRows, Matrix right, Matrix target, boolean add) {
      int width = right.columns() > LANES ? PANEL : LANES;
      int k = right.rows();
      Matrix panel = right;
      if (packsRight || right.columns() < width) {
        Packing.pack(right, width, panelCopy, 0);
        panel = new Matrix(panelCopy, 0, k, width, width, 1);
      }
      int row = 0;
      while (row < target.rows()) {
        int height = Tiles.height(target.rows() - row);
        tile(rows(left, packedRows, row, height), panel, target.rows(row, row + height), add);
        row += height;
      }
    }

    /** The left factor's rows for a tile, from the copy if they are in it. */
    private Matrix rows(Matrix left, int packedRows, int row, int height) {
      int k = left.columns();
      return row < packedRows
          ? new Matrix(leftCopy, row * k, height, k, 1, ROWS)
          : left.rows(row, row + height);
    }

    private void tile(Matrix rows, Matrix panel, Matrix target, boolean add) {
      int width = panel.columns();
      if (target.columnStride() == 1 && target.columns() == width) {
        Tiles.multiply(rows, panel, target, add);
        return;
      }
      Matrix tile = new Matrix(tileCopy, 0, target.rows(), width, width, 1);
      if (add) {
        Packing.copy(target, tile);
      }
      Tiles.multiply(rows, panel, tile, add);
      Packing.copy(tile.columns(0, target.columns()), target);
    }
  }
}
