package dev.descent.core.kernel;

import dev.descent.core.kernel.reference.ReferenceElementwise;
import dev.descent.core.kernel.reference.ReferenceNormalization;
import dev.descent.core.kernel.reference.ReferenceReductions;
import dev.descent.core.kernel.reference.ReferenceRowGradients;
import dev.descent.core.kernel.simd.SimdElementwise;
import dev.descent.core.kernel.simd.SimdNormalization;
import dev.descent.core.kernel.simd.SimdReductions;
import dev.descent.core.kernel.simd.SimdRowGradients;
import java.util.Arrays;

/**
 * What normalisations along rows and their derivatives call: the kernels of this machine. Rows are
 * shared among the threads, and for the gradient of a weight, which is a sum over rows, columns.
 */
public final class NormalizationKernels {
  /** Elements that make rows or columns worth a thread of their own. */
  private static final int ELEMENT_GRAIN = 1 << 14;

  /** Columns are cut at multiples of the widest vector. */
  private static final int COLUMN_GRAIN = 16;

  private static final Reductions REDUCTIONS =
      Machine.usesSimd() ? new SimdReductions() : new ReferenceReductions();
  private static final Normalization NORMALIZATION =
      Machine.usesSimd() ? new SimdNormalization() : new ReferenceNormalization();
  private static final RowGradients GRADIENTS =
      Machine.usesSimd() ? new SimdRowGradients() : new ReferenceRowGradients();
  private static final Elementwise ELEMENTWISE =
      Machine.usesSimd() ? new SimdElementwise() : new ReferenceElementwise();

  private NormalizationKernels() {}

  /**
   * What each row is brought to a variance of 1 with: {@code scale = 1 / sqrt(variance + epsilon)}.
   *
   * @param centered whether the mean is taken, or 0 in its place
   * @param means the mean of each row, or 0
   * @param scales the scale of each row
   * @param row the number of elements in a row
   */
  public static void moments(
      Slice x, float epsilon, boolean centered, float[] means, float[] scales, int row) {
    forRows(
        means.length,
        row,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = x.offset() + i * row;
            means[i] = centered ? REDUCTIONS.sum(x.values(), at, row) / row : 0;
            float variance = NORMALIZATION.squaredDistance(x.values(), at, means[i], row) / row;
            scales[i] = 1 / (float) Math.sqrt(variance + epsilon);
          }
        });
  }

  /**
   * {@code out = (x - mean) scale weight + bias} along each row.
   *
   * @param means a number for each row
   * @param scales a number for each row
   * @param weight an element for each of a row
   * @param bias an element for each of a row
   */
  public static void normalize(
      Slice x, float[] means, float[] scales, Slice weight, Slice bias, Slice out, int row) {
    forRows(
        means.length,
        row,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            NORMALIZATION.normalize(
                x.values(),
                x.offset() + i * row,
                means[i],
                scales[i],
                weight.values(),
                weight.offset(),
                bias.values(),
                bias.offset(),
                out.values(),
                out.offset() + i * row,
                row);
          }
        });
  }

  /**
   * The gradient of the input of a normalisation along rows: {@code dx = scale (g - mean g - n
   * mean(g n))} with {@code g = dy weight} and {@code n = (x - mean) scale}.
   *
   * @param centered whether the mean depended on x; if not, {@code mean g} is left out
   */
  public static void inputGradient(
      Slice x,
      float[] means,
      float[] scales,
      boolean centered,
      Slice weight,
      Slice dy,
      Slice dx,
      int row) {
    forRows(
        means.length,
        row,
        (from, to) -> {
          float[] g = new float[row];
          for (int i = from; i < to; i++) {
            int at = i * row;
            ELEMENTWISE.binary(
                Binary.MULTIPLY,
                dy.values(),
                dy.offset() + at,
                1,
                weight.values(),
                weight.offset(),
                1,
                g,
                0,
                row);
            float shift = centered ? REDUCTIONS.sum(g, 0, row) / row : 0;
            float dot = GRADIENTS.dot(x.values(), x.offset() + at, means[i], g, 0, row);
            GRADIENTS.normalization(
                x.values(),
                x.offset() + at,
                means[i],
                scales[i] * scales[i] * (dot / row),
                g,
                0,
                shift,
                scales[i],
                dx.values(),
                dx.offset() + at,
                row);
          }
        });
  }

  /**
   * The gradient of the weight of a normalisation along rows: {@code dw = sum over rows of dy (x -
   * mean) scale}, one chain of fused multiply-adds for each column.
   *
   * @param dw overwritten
   */
  public static void weightGradient(
      Slice x, float[] means, float[] scales, Slice dy, float[] dw, int row) {
    int rows = means.length;
    int grain = COLUMN_GRAIN * Math.ceilDiv(ELEMENT_GRAIN, COLUMN_GRAIN * Math.max(1, rows));
    Parallel.forRange(
        row,
        grain,
        (from, to) -> {
          Arrays.fill(dw, from, to, 0);
          for (int i = 0; i < rows; i++) {
            GRADIENTS.weight(
                x.values(),
                x.offset() + i * row + from,
                means[i],
                scales[i],
                dy.values(),
                dy.offset() + i * row + from,
                dw,
                from,
                to - from);
          }
        });
  }

  private static void forRows(int rows, int row, Parallel.Body body) {
    Parallel.forRange(rows, Math.ceilDiv(ELEMENT_GRAIN, Math.max(1, row)), body);
  }
}
