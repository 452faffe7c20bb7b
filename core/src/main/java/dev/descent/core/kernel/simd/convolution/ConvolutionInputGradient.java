package dev.descent.core.kernel.simd.convolution;

import dev.descent.core.kernel.ConvolutionShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.kernel.simd.Simd;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The gradient of a convolution's input: itself a convolution, of the output's gradient with the
 * weight's channels exchanged, and computed like {@link ConvolutionForward}.
 *
 * <p>With a stride of s, every s-th row of the result meets the same rows of the kernel. These
 * rows, and likewise columns, are a phase: a convolution of stride 1 with a part of the kernel.
 */
final class ConvolutionInputGradient {
  private static final int BAND = 1024;

  private final ConvolutionShape shape;
  private final Slice gradient;
  private final Slice weight;
  private final Slice result;
  private final int above;
  private final int left;
  private final int copyHeight;
  private final int copyWidth;
  private final float[] copy;
  private final int resultRows;

  ConvolutionInputGradient(ConvolutionShape shape, Slice gradient, Slice weight, Slice result) {
    this.shape = shape;
    this.gradient = gradient;
    this.weight = weight;
    this.result = result;
    above = before(shape.rows());
    left = before(shape.columns());
    copyHeight = above + length(shape.rows(), shape.height());
    copyWidth = left + length(shape.columns(), shape.width());
    copy = new float[shape.outputs() * copyHeight * copyWidth + Simd.LANES];
    resultRows = Math.ceilDiv(shape.inputs(), ConvolutionTiles.ROWS) * ConvolutionTiles.ROWS;
  }

  /** How far before the first output the kernel looks back from the first input. */
  private static int before(Window window) {
    return Math.max(0, -Math.floorDiv(window.padding() - window.span() + 1, window.stride()));
  }

  /** How many outputs there are, or would be, up to the one the last input begins. */
  private static int length(Window window, int inputs) {
    return Math.max(
        window.positions(inputs), (inputs - 1 + window.padding()) / window.stride() + 1);
  }

  void compute(int from, int to) {
    for (int group = 0; group < shape.groups(); group++) {
      Phase[] phases = phases(group);
      for (int n = from; n < to; n++) {
        int image = n * shape.groups() + group;
        for (int o = 0; o < shape.outputs(); o++) {
          copyChannel(image * shape.outputs() + o, o);
        }
        for (Phase phase : phases) {
          phase.compute(image);
        }
      }
    }
  }

  private Phase[] phases(int group) {
    int down = Math.min(shape.rows().stride(), shape.height());
    int right = Math.min(shape.columns().stride(), shape.width());
    return IntStream.range(0, down * right)
        .mapToObj(phase -> new Phase(group, phase / right, phase % right))
        .toArray(Phase[]::new);
  }

  private void copyChannel(int plane, int channel) {
    int width = shape.outWidth();
    int from = gradient.offset() + plane * shape.outHeight() * width;
    int to = (channel * copyHeight + above) * copyWidth + left;
    for (int row = 0; row < shape.outHeight(); row++) {
      System.arraycopy(gradient.values(), from, copy, to, width);
      from += width;
      to += copyWidth;
    }
  }

  /** Every so many rows and columns of the result. */
  private final class Phase {
    private final int firstRow;
    private final int firstColumn;
    private final int height;
    private final int width;
    private final int taps;
    private final float[] weights;
    private final int[] places;
    private final int bandHeight;
    private final int bandColumns;
    private final float[] band;

    Phase(int group, int firstRow, int firstColumn) {
      this.firstRow = firstRow;
      this.firstColumn = firstColumn;
      Window rows = shape.rows();
      Window columns = shape.columns();
      height = Math.ceilDiv(shape.height() - firstRow, rows.stride());
      width = Math.ceilDiv(shape.width() - firstColumn, columns.stride());
      int[] tapRows = taps(rows, firstRow);
      int[] tapColumns = taps(columns, firstColumn);
      taps = shape.outputs() * tapRows.length * tapColumns.length;
      places = new int[taps];
      weights = new float[resultRows * taps];
      int tap = 0;
      for (int o = 0; o < shape.outputs(); o++) {
        for (int r : tapRows) {
          int down = (firstRow + rows.padding() - r * rows.dilation()) / rows.stride();
          for (int c : tapColumns) {
            int right =
                (firstColumn + columns.padding() - c * columns.dilation()) / columns.stride();
            places[tap] = (o * copyHeight + above + down) * copyWidth + left + right;
            for (int i = 0; i < shape.inputs(); i++) {
              int channel = (group * shape.outputs() + o) * shape.inputs() + i;
              weights[i * taps + tap] =
                  weight
                      .values()[weight.offset() + (channel * rows.size() + r) * columns.size() + c];
            }
            tap++;
          }
        }
      }
      bandHeight = Math.clamp(BAND / copyWidth, 1, height);
      bandColumns = ConvolutionTiles.padded((bandHeight - 1) * copyWidth + width);
      band = new float[resultRows * bandColumns];
    }

    /** The rows, or columns, of the kernel that some input meets. */
    private static int[] taps(Window window, int input) {
      return IntStream.range(0, window.size())
          .filter(
              tap -> (input + window.padding() - tap * window.dilation()) % window.stride() == 0)
          .toArray();
    }

    void compute(int image) {
      for (int row = 0; row < height; row += bandHeight) {
        band(image, row, Math.min(bandHeight, height - row));
      }
    }

    private void band(int image, int row, int rows) {
      Arrays.fill(band, 0);
      ConvolutionTiles.multiply(
          resultRows,
          ConvolutionTiles.padded((rows - 1) * copyWidth + width),
          taps,
          weights,
          0,
          taps,
          copy,
          row * copyWidth,
          places,
          band,
          0,
          bandColumns);
      for (int i = 0; i < shape.inputs(); i++) {
        for (int r = 0; r < rows; r++) {
          int y = firstRow + (row + r) * shape.rows().stride();
          int to =
              result.offset()
                  + ((image * shape.inputs() + i) * shape.height() + y) * shape.width()
                  + firstColumn;
          put(i * bandColumns + r * copyWidth, to);
        }
      }
    }

    private void put(int from, int to) {
      int stride = shape.columns().stride();
      if (stride == 1) {
        System.arraycopy(band, from, result.values(), to, width);
      } else {
        for (int j = 0; j < width; j++) {
          result.values()[to + j * stride] = band[from + j];
        }
      }
    }
  }
}
