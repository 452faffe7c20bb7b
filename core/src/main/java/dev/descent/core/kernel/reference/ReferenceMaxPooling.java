package dev.descent.core.kernel.reference;

import dev.descent.core.kernel.MaxPooling;
import dev.descent.core.kernel.PoolingShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import java.util.Arrays;

/** The greatest element of each window, looked for in plain loops. */
public final class ReferenceMaxPooling implements MaxPooling {
  private static final int NOWHERE = -1;

  private interface Visit {
    /** A position of the window in its plane's output, and the index in x of its greatest. */
    void at(int output, int greatest);
  }

  @Override
  public void max(PoolingShape shape, Slice x, Slice y, int from, int to) {
    forEachWindow(
        shape,
        x,
        from,
        to,
        (output, greatest) ->
            y.values()[y.offset() + output] =
                greatest == NOWHERE ? Float.NEGATIVE_INFINITY : x.values()[x.offset() + greatest]);
  }

  @Override
  public void gradient(PoolingShape shape, Slice x, Slice dy, Slice dx, int from, int to) {
    int plane = shape.height() * shape.width();
    Arrays.fill(dx.values(), dx.offset() + from * plane, dx.offset() + to * plane, 0);
    forEachWindow(
        shape,
        x,
        from,
        to,
        (output, greatest) -> {
          if (greatest != NOWHERE) {
            dx.values()[dx.offset() + greatest] += dy.values()[dy.offset() + output];
          }
        });
  }

  @Override
  public void choose(PoolingShape shape, Slice x, Slice values, Slice y, int from, int to) {
    forEachWindow(
        shape,
        x,
        from,
        to,
        (output, greatest) ->
            y.values()[y.offset() + output] =
                greatest == NOWHERE ? 0 : values.values()[values.offset() + greatest]);
  }

  private static void forEachWindow(PoolingShape shape, Slice x, int from, int to, Visit visit) {
    int output = from * shape.outHeight() * shape.outWidth();
    for (int plane = from; plane < to; plane++) {
      for (int row = 0; row < shape.outHeight(); row++) {
        for (int column = 0; column < shape.outWidth(); column++) {
          visit.at(output++, greatest(shape, x, plane, row, column));
        }
      }
    }
  }

  private static int greatest(PoolingShape shape, Slice x, int plane, int row, int column) {
    Window rows = shape.rows();
    Window columns = shape.columns();
    float best = Float.NEGATIVE_INFINITY;
    int where = NOWHERE;
    for (int r = 0; r < rows.size(); r++) {
      int down = row * rows.stride() - rows.padding() + r * rows.dilation();
      for (int c = 0; c < columns.size(); c++) {
        int right = column * columns.stride() - columns.padding() + c * columns.dilation();
        if (down >= 0 && down < shape.height() && right >= 0 && right < shape.width()) {
          int index = (plane * shape.height() + down) * shape.width() + right;
          float element = x.values()[x.offset() + index];
          if (where == NOWHERE || element > best || Float.isNaN(element)) {
            best = element;
            where = index;
          }
        }
      }
    }
    return where;
  }
}
