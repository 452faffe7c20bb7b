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
  private static final int ROWS = Tiles.ROWS;

  /** How much of k is done at a time: a panel of so many rows stays in the first cache. */
  private static final int DEPTH = 128;

  /**
   * How much of k is done at a time where it costs more to read and write the result for each block
   * than to fetch panels from the second cache.
   */
  private static final int GREATEST_DEPTH = 1024;

  /** Elements that stay in the second cache: of the result, and of the left factor's copy. */
  private static final int SECOND_CACHE = 1 << 18;

  /** Rows of the left factor that pay for copying a panel of the right. */
  private static final int MANY_ROWS = 12 * ROWS;

  /** Columns of the right factor that pay for copying a block of the left. */
  private static final int MANY_COLUMNS = 6 * Tiles.WIDE;

  /** So many columns and fewer are done faster than the left factor comes from memory. */
  private static final int FEW_COLUMNS = 128;

  /** Elements from row to row beyond which a panel of the right factor does not stay in caches. */
  private static final int FAR = 160;

  /** Elements from row to row beyond which rows of the left factor crowd each other out. */
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

    private final float[] tile = new float[Tiles.MOST_ROWS * Tiles.WIDE];
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
    private final int height;
    private final float[] leftCopy;
    private final float[] panelCopy;
    private final float[] tileCopy;

    Product(Matrix a, Matrix b, Matrix c, boolean accumulate) {
      this.a = a;
      this.b = b;
      this.c = c;
      this.accumulate = accumulate;
      int k = a.columns();
      int blocks = Math.max(1, Math.ceilDiv(k, isDeep(c) ? GREATEST_DEPTH : DEPTH));
      depth = Math.ceilDiv(k, blocks);
      height = Math.max(1, SECOND_CACHE / Math.max(1, depth) / ROWS) * ROWS;
      packsLeft =
          c.columns() >= MANY_COLUMNS && Math.max(a.rowStride(), a.columnStride()) >= VERY_FAR;
      packsRight =
          b.columnStride() != 1 || (k > SHALLOW && c.rows() >= MANY_ROWS && b.rowStride() >= FAR);
      followsRows = k <= SHALLOW && !packsRight && c.columnStride() == 1;
      Copies copies = Copies.OF_THREAD.get();
      int blockRows = Math.min(height, c.rows() / ROWS * ROWS);
      leftCopy = copies.left(packsLeft ? blockRows * depth : 0);
      panelCopy = copies.panel(packsRight || c.columns() % LANES != 0 ? Tiles.WIDE * depth : 0);
      tileCopy = copies.tile;
    }

    /**
     * A result written across its rows goes through another array, one of few rows does not use its
     * panels often, one of few columns is little work for each element of the left factor, which
     * then had better be fetched row by row, and a large one has left the caches when the next
     * block needs it.
     */
    private static boolean isDeep(Matrix c) {
      return c.columnStride() != 1
          || c.rows() < MANY_ROWS
          || c.columns() <= FEW_COLUMNS
          || (long) c.rows() * c.columns() > SECOND_CACHE;
    }

    void compute() {
      int k = a.columns();
      int from = 0;
      do {
        int to = Math.min(k, from + depth);
        for (int row = 0; row < c.rows(); row += height) {
          int end = Math.min(c.rows(), row + height);
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
      int grouped = packsLeft ? left.rows() / ROWS * ROWS : 0;
      for (int row = 0; row < grouped; row += ROWS) {
        Packing.pack(left.rows(row, row + ROWS).transposed(), ROWS, leftCopy, row * left.columns());
      }
      int column = followsRows ? target.columns() / Tiles.WIDE * Tiles.WIDE : 0;
      if (column > 0) {
        panel(left, grouped, right.columns(0, column), target.columns(0, column), add);
      }
      while (column < target.columns()) {
        int width = Tiles.width(target.columns() - column);
        int end = Math.min(target.columns(), column + width);
        Matrix columns = right.columns(column, end);
        if (packsRight || end - column < width) {
          Packing.pack(columns, width, panelCopy, 0);
          columns = new Matrix(panelCopy, 0, right.rows(), width, width, 1);
        }
        panel(left, grouped, columns, target.columns(column, end), add);
        column = end;
      }
    }

    /** Whole vectors of the right factor's columns with all rows of the left. */
    private void panel(Matrix left, int grouped, Matrix right, Matrix target, boolean add) {
      if (target.columnStride() != 1 || target.columns() < right.columns()) {
        indirectly(left, grouped, right, target, add);
        return;
      }
      if (grouped > 0) {
        Tiles.multiplyGroups(
            groups(0, grouped, left.columns()), right, target.rows(0, grouped), add);
      }
      Tiles.multiply(
          left.rows(grouped, left.rows()), right, target.rows(grouped, target.rows()), add);
    }

    /** By way of memory that a tile can be written to. */
    private void indirectly(Matrix left, int grouped, Matrix right, Matrix target, boolean add) {
      int width = right.columns();
      int row = 0;
      while (row < target.rows()) {
        int rows = row < grouped ? ROWS : Tiles.height(target.rows() - row, width);
        Matrix results = target.rows(row, row + rows);
        Matrix tile = new Matrix(tileCopy, 0, rows, width, width, 1);
        if (add) {
          Packing.copy(results, tile);
        }
        if (row < grouped) {
          Tiles.multiplyGroups(groups(row, ROWS, left.columns()), right, tile, add);
        } else {
          Tiles.multiply(left.rows(row, row + rows), right, tile, add);
        }
        Packing.copy(tile.columns(0, target.columns()), results);
        row += rows;
      }
    }

    /** Rows of the left factor as they lie in the copy. */
    private Matrix groups(int row, int rows, int k) {
      return new Matrix(leftCopy, row * k, rows, k, 1, ROWS);
    }
  }
}
