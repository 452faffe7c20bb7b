package dev.descent.core.kernel.simd.convolution;

import dev.descent.core.kernel.ConvolutionShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Transposition;
import dev.descent.core.kernel.Window;
import dev.descent.core.kernel.simd.Simd;
import dev.descent.core.kernel.simd.SimdTransposition;
import java.util.Arrays;

/**
 * The gradient of a convolution's weight: for each image the product of the output's gradient,
 * {@code [outputs, positions]}, with the image as each position of the kernel sees it, {@code
 * [positions, taps]}.
 *
 * <p>The image is copied once, with zeros around it and its channels innermost. So what a position
 * sees of one row lies side by side, {@code [columns, channels]}, and is a part of a row of the
 * right factor.
 */
final class ConvolutionWeightGradient {
  private static final Transposition TRANSPOSITION = new SimdTransposition();

  private final ConvolutionShape shape;
  private final Slice input;
  private final Slice gradient;
  private final Slice result;
  private final int positions;
  private final int copyWidth;
  private final float[] copy;
  private final int[] places;

  /** Whether all columns of the kernel lie side by side. */
  private final boolean dense;

  /** How many elements side by side a position sees, a run, and the space for its sums. */
  private final int run;

  private final int runSpace;
  private final int runs;

  ConvolutionWeightGradient(ConvolutionShape shape, Slice input, Slice gradient, Slice result) {
    this.shape = shape;
    this.input = input;
    this.gradient = gradient;
    this.result = result;
    Window rows = shape.rows();
    Window columns = shape.columns();
    positions = shape.outHeight() * shape.outWidth();
    copyWidth = shape.width() + 2 * columns.padding();
    int copyHeight = shape.height() + 2 * rows.padding();
    copy = new float[copyHeight * copyWidth * shape.inputs() + Simd.LANES];
    places = places();
    dense = columns.dilation() == 1;
    run = dense ? columns.size() * shape.inputs() : shape.inputs();
    runSpace = ConvolutionTiles.padded(run);
    runs = dense ? rows.size() : rows.size() * columns.size();
  }

  /** Where in the copy each position of the kernel begins. */
  private int[] places() {
    int[] result = new int[positions];
    int position = 0;
    for (int row = 0; row < shape.outHeight(); row++) {
      for (int column = 0; column < shape.outWidth(); column++) {
        result[position++] =
            (row * shape.rows().stride() * copyWidth + column * shape.columns().stride())
                * shape.inputs();
      }
    }
    return result;
  }

  void compute(int from, int to) {
    int sumRows = Math.ceilDiv(to - from, ConvolutionTiles.ROWS) * ConvolutionTiles.ROWS;
    float[] sums = new float[sumRows * runs * runSpace];
    float[] rows = new float[to - from == sumRows ? 0 : sumRows * positions];
    for (int group = 0; group < shape.groups(); group++) {
      Arrays.fill(sums, 0);
      for (int n = 0; n < shape.batch(); n++) {
        int image = n * shape.groups() + group;
        copyImage(image);
        int at = gradient.offset() + (image * shape.outputs() + from) * positions;
        if (rows.length == 0) {
          add(sumRows, gradient.values(), at, sums);
        } else {
          System.arraycopy(gradient.values(), at, rows, 0, (to - from) * positions);
          add(sumRows, rows, 0, sums);
        }
      }
      put(group, from, to, sums);
    }
  }

  private void copyImage(int image) {
    int plane = shape.height() * shape.width();
    int from = input.offset() + image * shape.inputs() * plane;
    int to = (shape.rows().padding() * copyWidth + shape.columns().padding()) * shape.inputs();
    for (int y = 0; y < shape.height(); y++) {
      TRANSPOSITION.copy(
          input.values(), from, plane, shape.inputs(), shape.width(), copy, to, shape.inputs());
      from += shape.width();
      to += copyWidth * shape.inputs();
    }
  }

  private void add(int rows, float[] p, int pOffset, float[] sums) {
    for (int i = 0; i < runs; i++) {
      ConvolutionTiles.multiply(
          rows,
          runSpace,
          positions,
          p,
          pOffset,
          positions,
          copy,
          start(i),
          places,
          sums,
          i * runSpace,
          runs * runSpace);
    }
  }

  private int start(int run) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    int row = dense ? run : run / columns.size();
    int column = dense ? 0 : run % columns.size();
    return (row * rows.dilation() * copyWidth + column * columns.dilation()) * shape.inputs();
  }

  private void put(int group, int from, int to, float[] sums) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    for (int o = from; o < to; o++) {
      int at = result.offset() + (group * shape.outputs() + o) * shape.taps();
      for (int i = 0; i < shape.inputs(); i++) {
        for (int r = 0; r < rows.size(); r++) {
          for (int c = 0; c < columns.size(); c++) {
            int which = dense ? r : r * columns.size() + c;
            int within = dense ? c * shape.inputs() + i : i;
            result.values()[at++] = sums[((o - from) * runs + which) * runSpace + within];
          }
        }
      }
    }
  }
}
