package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceElementwise;
import dev.descent.core.kernel.reference.ReferenceMatrixProduct;
import dev.descent.core.kernel.reference.ReferenceNormalization;
import dev.descent.core.kernel.reference.ReferenceReductions;
import dev.descent.core.kernel.reference.ReferenceRows;
import dev.descent.core.kernel.reference.ReferenceTransposition;
import dev.descent.core.kernel.simd.Simd;
import dev.descent.core.kernel.simd.SimdElementwise;
import dev.descent.core.kernel.simd.SimdNormalization;
import dev.descent.core.kernel.simd.SimdReductions;
import dev.descent.core.kernel.simd.SimdRows;
import dev.descent.core.kernel.simd.SimdTransposition;
import dev.descent.core.kernel.simd.matrix.SimdMatrixProduct;
import java.util.function.IntConsumer;

/**
 * What operations call: the kernels of this machine, large work shared among the threads. Threads
 * split outputs, never a sum, so their number changes no bit.
 */
public final class Kernels {
  /** Elements that make a part of element-wise work worth a thread of its own. */
  private static final int ELEMENT_GRAIN = 1 << 15;

  /** Multiplications that make a matrix product worth sharing: about 10 microseconds. */
  public static final long SHARED_PRODUCT = 1 << 19;

  /** Products are cut between columns at multiples of the widest tile. */
  private static final int PRODUCT_GRAIN = 32;

  private static final Elementwise ELEMENTWISE;
  private static final Reductions REDUCTIONS;
  private static final Rows ROWS;
  private static final Normalization NORMALIZATION;
  private static final MatrixProduct MATRIX_PRODUCT;
  private static final Transposition TRANSPOSITION;

  static {
    if (Machine.usesSimd()) {
      ELEMENTWISE = new SimdElementwise();
      REDUCTIONS = new SimdReductions();
      ROWS = new SimdRows();
      NORMALIZATION = new SimdNormalization();
      MATRIX_PRODUCT = new SimdMatrixProduct();
      TRANSPOSITION = new SimdTransposition();
    } else {
      ELEMENTWISE = new ReferenceElementwise();
      REDUCTIONS = new ReferenceReductions();
      ROWS = new ReferenceRows();
      NORMALIZATION = new ReferenceNormalization();
      MATRIX_PRODUCT = new ReferenceMatrixProduct();
      TRANSPOSITION = new ReferenceTransposition();
    }
  }

  private Kernels() {}

  /** The kernels in use, for people to read: {@code 512-bit vectors}, or {@code plain loops}. */
  public static String describe() {
    return Machine.usesSimd() ? Simd.FLOATS.vectorBitSize() + "-bit vectors" : "plain loops";
  }

  /**
   * {@code out[i] = function(in[i])} for n elements.
   *
   * @see Elementwise#unary
   */
  public static void unary(
      Unary function, float[] in, int inOffset, float[] out, int outOffset, int n) {
    if (n <= ELEMENT_GRAIN) {
      ELEMENTWISE.unary(function, in, inOffset, out, outOffset, n);
    } else {
      Parallel.forRange(
          n,
          ELEMENT_GRAIN,
          (from, to) ->
              ELEMENTWISE.unary(function, in, inOffset + from, out, outOffset + from, to - from));
    }
  }

  /**
   * {@code out[i] = function(a[i * aStride], b[i * bStride])} for n elements.
   *
   * @see Elementwise#binary
   */
  public static void binary(
      Binary function,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int n) {
    if (n <= ELEMENT_GRAIN) {
      ELEMENTWISE.binary(function, a, aOffset, aStride, b, bOffset, bStride, out, outOffset, n);
    } else {
      Parallel.forRange(
          n,
          ELEMENT_GRAIN,
          (from, to) ->
              ELEMENTWISE.binary(
                  function,
                  a,
                  aOffset + from * aStride,
                  aStride,
                  b,
                  bOffset + from * bStride,
                  bStride,
                  out,
                  outOffset + from,
                  to - from));
    }
  }

  /**
   * {@code out[i] = condition[i] is not 0 ? a[i] : b[i]} for n elements.
   *
   * @see Elementwise#select
   */
  public static void select(
      float[] condition,
      int conditionOffset,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] out,
      int outOffset,
      int n) {
    Parallel.forRange(
        n,
        ELEMENT_GRAIN,
        (from, to) ->
            ELEMENTWISE.select(
                condition,
                conditionOffset + from,
                a,
                aOffset + from,
                b,
                bOffset + from,
                out,
                outOffset + from,
                to - from));
  }

  /**
   * The sum of n elements; 0 if there are none.
   *
   * @see Reductions#sum
   */
  public static float sum(float[] x, int offset, int n) {
    return REDUCTIONS.sum(x, offset, n);
  }

  /**
   * The greatest of n elements.
   *
   * @see Reductions#max
   */
  public static float max(float[] x, int offset, int n) {
    return REDUCTIONS.max(x, offset, n);
  }

  /**
   * {@code out = e^x / sum(e^x)} along each row. The output is not the input.
   *
   * @param n the number of elements, a multiple of the row length
   * @param row the number of elements in a row
   */
  public static void softmax(float[] x, int offset, float[] out, int outOffset, int n, int row) {
    forRows(n, row, at -> ROWS.softmax(x, offset + at, out, outOffset + at, row));
  }

  /**
   * {@code out = x - max x - log sum(e^(x - max x))} along each row. The output is not the input.
   *
   * @param n the number of elements, a multiple of the row length
   * @param row the number of elements in a row
   */
  public static void logSoftmax(float[] x, int offset, float[] out, int outOffset, int n, int row) {
    forRows(n, row, at -> ROWS.logSoftmax(x, offset + at, out, outOffset + at, row));
  }

  /**
   * {@code out = (x - mean x) / sqrt(variance x + epsilon) weight + bias} along each row.
   *
   * @param weight an element for each of a row
   * @param bias an element for each of a row
   * @param n the number of elements, a multiple of the row length
   * @param row the number of elements in a row
   */
  public static void layerNorm(
      float[] x,
      int offset,
      float epsilon,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] out,
      int outOffset,
      int n,
      int row) {
    forRows(
        n,
        row,
        at -> {
          float mean = REDUCTIONS.sum(x, offset + at, row) / row;
          float variance = NORMALIZATION.squaredDistance(x, offset + at, mean, row) / row;
          NORMALIZATION.normalize(
              x,
              offset + at,
              mean,
              1 / (float) Math.sqrt(variance + epsilon),
              weight,
              weightOffset,
              bias,
              biasOffset,
              out,
              outOffset + at,
              row);
        });
  }

  /** Calls the body with the place of each row's first element. */
  private static void forRows(int n, int row, IntConsumer body) {
    if (n > 0) {
      Parallel.forRange(
          n / row,
          Math.ceilDiv(ELEMENT_GRAIN, row),
          (from, to) -> {
            for (int i = from; i < to; i++) {
              body.accept(i * row);
            }
          });
    }
  }

  /**
   * {@code c = a b}, or {@code c += a b}. Shared by rows where there are enough: then the gradient
   * of a weight is computed by the thread that multiplies with those rows of it, and that moves
   * them when the optimizer shares its step, and the other core's cache is not asked for them.
   *
   * @see MatrixProduct#multiply
   */
  public static void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
    boolean shared = (long) c.rows() * c.columns() * a.columns() >= SHARED_PRODUCT;
    // Also where there is only one part: the compiler does not look through the call of a body that
    // may be any, and so compiles the product once, and not into everything that multiplies.
    if (c.rows() >= 2 * PRODUCT_GRAIN) {
      Parallel.forRange(
          c.rows(),
          shared ? PRODUCT_GRAIN : c.rows(),
          (from, to) -> MATRIX_PRODUCT.multiply(a.rows(from, to), b, c.rows(from, to), accumulate));
    } else {
      Parallel.forRange(
          c.columns(),
          shared ? PRODUCT_GRAIN : Math.max(1, c.columns()),
          (from, to) ->
              MATRIX_PRODUCT.multiply(a, b.columns(from, to), c.columns(from, to), accumulate));
    }
  }

  /**
   * The elements of a matrix so that columns become rows. Shared by rows of the result.
   *
   * @see Transposition#copy
   */
  public static void transpose(
      float[] from,
      int fromOffset,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toOffset,
      int toStride) {
    Parallel.forRange(
        columns,
        Math.ceilDiv(ELEMENT_GRAIN, Math.max(1, rows)),
        (first, end) ->
            TRANSPOSITION.copy(
                from,
                fromOffset + first,
                fromStride,
                rows,
                end - first,
                to,
                toOffset + first * toStride,
                toStride));
  }
}
