package dev.descent.core.kernel.simd.convolution;

import dev.descent.core.kernel.ConvolutionShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.kernel.simd.Simd;
import java.util.Arrays;

/**
 * Convolution as a product of matrices that is never spelled out: the weight, {@code [outputs,
 * taps]}, times the image as each tap sees it, {@code [taps, positions]}.
 *
 * <p>An image is copied once, with zeros around it. A row of the right factor then is that copy,
 * shifted: where a tap is one further to the right, the position of the kernel that meets the same
 * element is one further to the left. Between the end of an output row and the beginning of the
 * next lie positions where the kernel hangs over the edge; they are computed too, and thrown away.
 * For a stride of two, the copy is made of four images, each of every other row and column.
 */
final class ConvolutionForward {
  /** Positions done at a time, so that their results stay in the nearer caches. */
  private static final int BAND = 1024;

  private final ConvolutionShape shape;
  private final Slice input;
  private final Slice weight;
  private final Slice bias;
  private final Slice output;
  private final int rowPhases;
  private final int columnPhases;
  private final int copyHeight;
  private final int copyWidth;
  private final float[] copy;
  private final int[] places;
  private final int weightRows;
  private final float[] weights;
  private final int bandHeight;
  private final int bandColumns;
  private final float[] band;

  ConvolutionForward(ConvolutionShape shape, Slice input, Slice weight, Slice bias, Slice output) {
    this.shape = shape;
    this.input = input;
    this.weight = weight;
    this.bias = bias;
    this.output = output;
    Window rows = shape.rows();
    Window columns = shape.columns();
    rowPhases = Math.min(rows.stride(), rows.span());
    columnPhases = Math.min(columns.stride(), columns.span());
    copyHeight = Math.ceilDiv(shape.height() + 2 * rows.padding(), rows.stride());
    copyWidth = Math.ceilDiv(shape.width() + 2 * columns.padding(), columns.stride());
    copy =
        new float[shape.inputs() * rowPhases * columnPhases * copyHeight * copyWidth + Simd.LANES];
    places = places();
    weightRows = Math.ceilDiv(shape.outputs(), ConvolutionTiles.ROWS) * ConvolutionTiles.ROWS;
    weights = new float[weightRows * shape.taps()];
    bandHeight = Math.clamp(BAND / copyWidth, 1, shape.outHeight());
    bandColumns = ConvolutionTiles.padded((bandHeight - 1) * copyWidth + shape.outWidth());
    band = new float[weightRows * bandColumns];
  }

  /** Where in the copy the first position of the kernel finds each tap. */
  private int[] places() {
    Window rows = shape.rows();
    Window columns = shape.columns();
    int[] result = new int[shape.taps()];
    int tap = 0;
    for (int i = 0; i < shape.inputs(); i++) {
      for (int r = 0; r < rows.size(); r++) {
        for (int c = 0; c < columns.size(); c++) {
          int down = r * rows.dilation();
          int right = c * columns.dilation();
          result[tap++] =
              place(i, down % rows.stride(), right % columns.stride(), down / rows.stride())
                  + right / columns.stride();
        }
      }
    }
    return result;
  }

  private int place(int channel, int rowPhase, int columnPhase, int row) {
    int image = (channel * rowPhases + rowPhase) * columnPhases + columnPhase;
    return (image * copyHeight + row) * copyWidth;
  }

  void compute(int from, int to) {
    for (int group = 0; group < shape.groups(); group++) {
      int taps = shape.taps();
      System.arraycopy(
          weight.values(),
          weight.offset() + group * shape.outputs() * taps,
          weights,
          0,
          shape.outputs() * taps);
      for (int n = from; n < to; n++) {
        int image = n * shape.groups() + group;
        for (int i = 0; i < shape.inputs(); i++) {
          copyChannel(image * shape.inputs() + i, i);
        }
        for (int row = 0; row < shape.outHeight(); row += bandHeight) {
          band(group, image, row, Math.min(bandHeight, shape.outHeight() - row));
        }
      }
    }
  }

  private void copyChannel(int plane, int channel) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    int stride = columns.stride();
    for (int y = 0; y < shape.height(); y++) {
      int from = input.offset() + (plane * shape.height() + y) * shape.width();
      int down = y + rows.padding();
      int rowPhase = down % rows.stride();
      if (rowPhase >= rowPhases) {
        continue;
      }
      for (int phase = 0; phase < columnPhases; phase++) {
        int to = place(channel, rowPhase, phase, down / rows.stride());
        // The first of the image's elements that belongs to this phase.
        int x = Math.floorMod(phase - columns.padding(), stride);
        to += (x + columns.padding()) / stride;
        if (stride == 1) {
          System.arraycopy(input.values(), from, copy, to, shape.width());
        } else {
          for (; x < shape.width(); x += stride) {
            copy[to++] = input.values()[from + x];
          }
        }
      }
    }
  }

  private void band(int group, int image, int firstRow, int height) {
    int columns = ConvolutionTiles.padded((height - 1) * copyWidth + shape.outWidth());
    for (int o = 0; o < shape.outputs(); o++) {
      float start = bias.values()[bias.offset() + group * shape.outputs() + o];
      Arrays.fill(band, o * bandColumns, o * bandColumns + columns, start);
    }
    ConvolutionTiles.multiply(
        weightRows,
        columns,
        shape.taps(),
        weights,
        0,
        shape.taps(),
        copy,
        firstRow * copyWidth,
        places,
        band,
        0,
        bandColumns);
    int width = shape.outWidth();
    for (int o = 0; o < shape.outputs(); o++) {
      int from = o * bandColumns;
      int to =
          output.offset() + ((image * shape.outputs() + o) * shape.outHeight() + firstRow) * width;
      for (int row = 0; row < height; row++) {
        System.arraycopy(band, from, output.values(), to, width);
        from += copyWidth;
        to += width;
      }
    }
  }
}
