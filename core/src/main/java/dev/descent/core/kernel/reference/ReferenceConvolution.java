package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.Convolution;
import dev.descent.core.kernel.ConvolutionShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;

/** The definition of convolution and its derivatives as plain loops. */
public final class ReferenceConvolution implements Convolution {
  @Override
  public void forward(
      ConvolutionShape shape, Slice input, Slice weight, Slice bias, Slice y, int from, int to) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    int channels = shape.groups() * shape.outputs();
    int at = y.offset() + from * channels * shape.outHeight() * shape.outWidth();
    for (int n = from; n < to; n++) {
      for (int o = 0; o < channels; o++) {
        for (int row = 0; row < shape.outHeight(); row++) {
          for (int column = 0; column < shape.outWidth(); column++) {
            float sum = bias.values()[bias.offset() + o];
            int tap = weight.offset() + o * shape.taps();
            for (int i = 0; i < shape.inputs(); i++) {
              for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < columns.size(); c++) {
                  float x = input(shape, input, n, o, i, row, r, column, c);
                  sum = Math.fma(weight.values()[tap++], x, sum);
                }
              }
            }
            y.values()[at++] = sum;
          }
        }
      }
    }
  }

  /** The element of the input that a tap of the kernel meets; 0 outside the image. */
  private static float input(
      ConvolutionShape shape, Slice input, int n, int o, int i, int row, int r, int column, int c) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    int channel = o / shape.outputs() * shape.inputs() + i;
    int y = row * rows.stride() - rows.padding() + r * rows.dilation();
    int x = column * columns.stride() - columns.padding() + c * columns.dilation();
    return element(
        input, n * shape.groups() * shape.inputs() + channel, y, shape.height(), x, shape.width());
  }

  private static float element(Slice planes, int plane, int y, int height, int x, int width) {
    boolean inside = y >= 0 && y < height && x >= 0 && x < width;
    return inside ? planes.values()[planes.offset() + (plane * height + y) * width + x] : 0f;
  }

  @Override
  public void inputGradient(
      ConvolutionShape shape, Slice dy, Slice weight, Slice dx, int from, int to) {
    int channels = shape.groups() * shape.inputs();
    int at = dx.offset() + from * channels * shape.height() * shape.width();
    for (int n = from; n < to; n++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int y = 0; y < shape.height(); y++) {
          for (int x = 0; x < shape.width(); x++) {
            dx.values()[at++] = inputGradient(shape, dy, weight, n, channel, y, x);
          }
        }
      }
    }
  }

  private static float inputGradient(
      ConvolutionShape shape, Slice dy, Slice weight, int n, int channel, int y, int x) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    int group = channel / shape.inputs();
    int i = channel % shape.inputs();
    float sum = 0f;
    for (int o = group * shape.outputs(); o < (group + 1) * shape.outputs(); o++) {
      int plane = n * shape.groups() * shape.outputs() + o;
      for (int r = 0; r < rows.size(); r++) {
        int down = y + rows.padding() - r * rows.dilation();
        if (Math.floorMod(down, rows.stride()) != 0) {
          continue;
        }
        int row = Math.floorDiv(down, rows.stride());
        for (int c = 0; c < columns.size(); c++) {
          int right = x + columns.padding() - c * columns.dilation();
          if (Math.floorMod(right, columns.stride()) != 0) {
            continue;
          }
          int column = Math.floorDiv(right, columns.stride());
          float gradient = element(dy, plane, row, shape.outHeight(), column, shape.outWidth());
          int tap = ((o * shape.inputs() + i) * rows.size() + r) * columns.size() + c;
          sum = Math.fma(weight.values()[weight.offset() + tap], gradient, sum);
        }
      }
    }
    return sum;
  }

  @Override
  public void weightGradient(
      ConvolutionShape shape, Slice input, Slice dy, Slice dw, int from, int to) {
    for (int group = 0; group < shape.groups(); group++) {
      for (int o = group * shape.outputs() + from; o < group * shape.outputs() + to; o++) {
        int at = dw.offset() + o * shape.taps();
        for (int i = 0; i < shape.inputs(); i++) {
          for (int r = 0; r < shape.rows().size(); r++) {
            for (int c = 0; c < shape.columns().size(); c++) {
              dw.values()[at++] = weightGradient(shape, input, dy, o, i, r, c);
            }
          }
        }
      }
    }
  }

  private static float weightGradient(
      ConvolutionShape shape, Slice input, Slice dy, int o, int i, int r, int c) {
    int height = shape.outHeight();
    int width = shape.outWidth();
    float sum = 0f;
    for (int n = 0; n < shape.batch(); n++) {
      int plane = n * shape.groups() * shape.outputs() + o;
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          float gradient = element(dy, plane, row, height, column, width);
          sum = Math.fma(gradient, input(shape, input, n, o, i, row, r, column, c), sum);
        }
      }
    }
    return sum;
  }
}
