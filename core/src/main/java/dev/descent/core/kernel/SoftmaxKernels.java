package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceElementwise;
import dev.descent.core.kernel.reference.ReferenceRowGradients;
import dev.descent.core.kernel.reference.ReferenceRows;
import dev.descent.core.kernel.simd.SimdElementwise;
import dev.descent.core.kernel.simd.SimdRowGradients;
import dev.descent.core.kernel.simd.SimdRows;
import java.util.Arrays;

/**
 * Softmax with a mask, and the gradient of softmax: the kernels of this machine, rows shared among
 * the threads.
 */
public final class SoftmaxKernels {
  /** Elements that make rows worth a thread of their own. */
  private static final int ELEMENT_GRAIN = 1 << 14;

  private static final Rows ROWS = Machine.usesSimd() ? new SimdRows() : new ReferenceRows();
  private static final RowGradients GRADIENTS =
      Machine.usesSimd() ? new SimdRowGradients() : new ReferenceRowGradients();
  private static final Elementwise ELEMENTWISE =
      Machine.usesSimd() ? new SimdElementwise() : new ReferenceElementwise();

  private SoftmaxKernels() {}

  /**
   * {@code out = softmax(x + mask)} along each row; zeros where all that is left is negative
   * infinity.
   *
   * @param mask what is added
   * @param maskPlaces where in the mask each row's elements are
   * @param maskStride the distance from one to the next; 0: there is one for all
   * @param causalRows 0, or the number of rows in each matrix, of which row i has its first i + 1
   *     elements alone; the others are zero in the result
   * @param row the number of elements in a row, at least 1
   */
  public static void masked(
      Slice x,
      Slice mask,
      int[] maskPlaces,
      int maskStride,
      int causalRows,
      Slice out,
      int rows,
      int row) {
    forRows(
        rows,
        row,
        (from, to) -> {
          float[] masked = new float[row];
          for (int i = from; i < to; i++) {
            int n = causalRows == 0 ? row : Math.min(row, i % causalRows + 1);
            int at = out.offset() + i * row;
            ELEMENTWISE.binary(
                Binary.ADD,
                x.values(),
                x.offset() + i * row,
                1,
                mask.values(),
                mask.offset() + maskPlaces[i],
                maskStride,
                masked,
                0,
                n);
            ROWS.softmax(masked, 0, out.values(), at, n);
            // A row of NaN: because there is one in it, or because nothing is left.
            if (Float.isNaN(out.values()[at]) && isNothing(masked, n)) {
              Arrays.fill(out.values(), at, at + n, 0);
            }
            Arrays.fill(out.values(), at + n, at + row, 0);
          }
        });
  }

  private static boolean isNothing(float[] masked, int n) {
    for (int i = 0; i < n; i++) {
      if (masked[i] != Float.NEGATIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@code out = y (dy - sum(y dy))} along each row.
   *
   * @param row the number of elements in a row
   */
  public static void gradient(Slice y, Slice dy, Slice out, int rows, int row) {
    forRows(
        rows,
        row,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * row;
            float[] weights = y.values();
            float[] gradient = dy.values();
            float dot = GRADIENTS.dot(weights, y.offset() + at, 0, gradient, dy.offset() + at, row);
            GRADIENTS.softmax(
                weights,
                y.offset() + at,
                gradient,
                dy.offset() + at,
                dot,
                out.values(),
                out.offset() + at,
                row);
          }
        });
  }

  private static void forRows(int rows, int row, Parallel.Body body) {
    Parallel.forRange(rows, Math.ceilDiv(ELEMENT_GRAIN, Math.max(1, row)), body);
  }
}
