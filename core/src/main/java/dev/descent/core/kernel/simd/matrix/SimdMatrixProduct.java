package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.MatrixProduct;
import dev.descent.core.kernel.simd.Simd;
import java.lang.foreign.MemorySegment;

/**
 * The matrix product in register tiles.
 *
 * <p>A tile multiplies rows of the left factor, read element by element and broadcast, with columns
 * of the right, read a vector at a time: so the right factor's columns must lie side by side.
 * Unless it is used by a few rows only, it is copied to panels, in which they do; or, if that is
 * less to move, the product is turned around, since the transpose of a product is the product of
 * the transposes.
 *
 * <p>Factors too large for the caches are cut into blocks, so that what a tile reads is near (K.
 * Goto and R. van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication").
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

  /** How many columns are done at a time, if the right factor's panels are to be kept. */
  private static final int BREADTH = 32 * Panels.COLUMNS;

  /** Elements that stay in the second cache: of the result, and of a block of the left factor. */
  private static final int SECOND_CACHE = 1 << 18;

  /** Rows of the left factor that pay for copying the right. */
  private static final int MANY_ROWS = 16;

  /**
   * So many elements of k and fewer are less work than to read and write the result, as in the
   * gradient of a weight of a small batch. Tiles then follow the rows of the result, and the right
   * factor, which is small, is read where it is. Down a panel, the processor would fetch rows ahead
   * of the tiles, past the last one of this thread and into those that the next one is writing: on
   * an AMD EPYC two threads then took longer than one.
   */
  private static final int SHALLOW = 32;

  /** Columns of the right factor that pay for copying a block of the left. */
  private static final int MANY_COLUMNS = 6 * Panels.COLUMNS;

  /** So many columns and fewer are done faster than the left factor comes from memory. */
  private static final int FEW_COLUMNS = 128;

  /** Elements from column to column beyond which those of the left factor are copied. */
  private static final int FAR = 1024;

  /** Rows that are computed before they are written across those of the result. */
  private static final int TURNED_ROWS = 48;

  @Override
  public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
    Product product =
        isSideways(a, b, c)
            ? new Product(b.transposed(), a.transposed(), c.transposed(), accumulate)
            : new Product(a, b, c, accumulate);
    product.compute();
  }

  /**
   * Whether the transposed product is less work: to write the result across its rows rather than
   * transpose the right factor, or, since the rows of a narrow one fill no vectors, its columns.
   */
  private static boolean isSideways(Matrix a, Matrix b, Matrix c) {
    if (a.rowStride() == 1 && c.rows() >= 2 * LANES && c.columns() <= LANES) {
      return true;
    }
    boolean narrow = a.rowStride() == 1 && c.columns() < Panels.COLUMNS;
    return b.columnStride() != 1 && (narrow || c.rows() < c.columns());
  }

  /** Columns of the right factor, with which rows of the left are multiplied. */
  private interface Columns {
    /**
     * The product of some rows with these columns.
     *
     * @param results as many rows, columns side by side
     */
    void multiply(Matrix rows, Matrix results);
  }

  /**
   * What a thread's products copy to: the same memory again and again, which stays in the caches. A
   * new array would have to be fetched and cleared first.
   */
  private static final class Copies {
    private static final ThreadLocal<Copies> OF_THREAD = ThreadLocal.withInitial(Copies::new);

    private final Panels panels = new Panels();
    private final float[] results = new float[TURNED_ROWS * Panels.COLUMNS];
    private float[] columns = {};
    private float[] left = {};

    float[] columns(int length) {
      columns = atLeast(length, columns);
      return columns;
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
    private final Copies copies = Copies.OF_THREAD.get();

    Product(Matrix a, Matrix b, Matrix c, boolean accumulate) {
      this.a = a;
      this.b = b;
      this.c = c;
      this.accumulate = accumulate;
      int k = a.columns();
      int blocks = Math.max(1, Math.ceilDiv(k, isDeep(c) ? GREATEST_DEPTH : DEPTH));
      depth = Math.ceilDiv(k, blocks);
      height = Math.max(1, SECOND_CACHE / Math.max(1, depth) / ROWS) * ROWS;
      packsLeft = c.columns() >= MANY_COLUMNS && a.columnStride() >= FAR;
      packsRight = b.columnStride() != 1 || (c.rows() >= MANY_ROWS && k > SHALLOW);
      followsRows = !packsRight && k <= SHALLOW && c.columnStride() == 1;
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
      for (int column = 0; column < c.columns(); column += BREADTH) {
        int end = Math.min(c.columns(), column + BREADTH);
        compute(b.columns(column, end), c.columns(column, end));
      }
    }

    private void compute(Matrix right, Matrix target) {
      int k = a.columns();
      int from = 0;
      do {
        int to = Math.min(k, from + depth);
        for (int row = 0; row < target.rows(); row += height) {
          int end = Math.min(target.rows(), row + height);
          block(
              a.rows(row, end).columns(from, to),
              right.rows(from, to),
              target.rows(row, end),
              accumulate || from > 0,
              row == 0);
        }
        from = to;
      } while (from < k);
    }

    /**
     * Some rows of the left factor with the columns of the right.
     *
     * @param first whether the right factor's panels are to be filled
     */
    private void block(Matrix left, Matrix right, Matrix target, boolean add, boolean first) {
      Matrix[] strips = packsLeft ? packed(left) : new Matrix[] {left};
      int panels = packsRight && Simd.HAS_32_REGISTERS ? target.columns() / Panels.COLUMNS : 0;
      int column = 0;
      for (int i = 0; i < panels; i++) {
        int end = column + Panels.COLUMNS;
        // Without a second block of rows one panel will do, which then stays in a near cache.
        int number = c.rows() > height ? i : 0;
        MemorySegment panel =
            first
                ? copies.panels.pack(number, right.columns(column, end))
                : copies.panels.get(number);
        Columns columns = (rows, results) -> PanelTiles.multiply(rows, panel, results, add);
        multiply(strips, columns, Panels.COLUMNS, target.columns(column, end), add);
        column = end;
      }
      while (column < target.columns()) {
        int width = width(target.columns() - column);
        int end = Math.min(target.columns(), column + width);
        Matrix some = wholeVectors(right.columns(column, end), width);
        Columns columns = (rows, results) -> Tiles.multiply(rows, some, results, add);
        multiply(strips, columns, width, target.columns(column, end), add);
        column = end;
      }
    }

    /** How many columns are done in one go, out of so many. */
    private int width(int columns) {
      return followsRows && columns >= Tiles.WIDE
          ? columns / Tiles.WIDE * Tiles.WIDE
          : Tiles.width(columns);
    }

    /** The left factor's rows, as many as a tile has at a time, copied column after column. */
    private Matrix[] packed(Matrix left) {
      int k = left.columns();
      int rest = left.rows() % ROWS;
      int grouped = left.rows() - rest;
      Matrix[] strips = new Matrix[grouped / ROWS + 1];
      float[] copy = copies.left(grouped * k + LANES);
      for (int row = 0; row < grouped; row += ROWS) {
        Packing.packRows(left.rows(row, row + ROWS).transposed(), ROWS, copy, row * k);
        strips[row / ROWS] = new Matrix(copy, row * k, ROWS, k, 1, ROWS);
      }
      strips[grouped / ROWS] = left.rows(grouped, left.rows());
      return strips;
    }

    /** Columns that are not in a panel, copied if they are not side by side or no whole vectors. */
    private Matrix wholeVectors(Matrix right, int width) {
      if (!packsRight && right.columns() == width) {
        return right;
      }
      float[] copy = copies.columns(right.rows() * width);
      Packing.pack(right, width, copy, 0);
      return Matrix.rowMajor(copy, 0, right.rows(), width);
    }

    private void multiply(Matrix[] strips, Columns columns, int width, Matrix target, boolean add) {
      int row = 0;
      for (Matrix strip : strips) {
        Matrix results = target.rows(row, row + strip.rows());
        if (results.columnStride() == 1 && results.columns() == width) {
          columns.multiply(strip, results);
        } else {
          indirectly(strip, columns, width, results, add);
        }
        row += strip.rows();
      }
    }

    /** By way of memory that a tile can be written to. */
    private void indirectly(Matrix strip, Columns columns, int width, Matrix target, boolean add) {
      for (int row = 0; row < target.rows(); row += TURNED_ROWS) {
        int end = Math.min(target.rows(), row + TURNED_ROWS);
        Matrix results = target.rows(row, end);
        Matrix copy = Matrix.rowMajor(copies.results, 0, end - row, width);
        if (add) {
          Packing.copy(results, copy);
        }
        columns.multiply(strip.rows(row, end), copy);
        Packing.copy(copy.columns(0, target.columns()), results);
      }
    }
  }
}
