package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.descent.core.kernel.MaxPooling;
import dev.descent.core.kernel.PoolingShape;
import dev.descent.core.kernel.Slice;
import dev.descent.core.kernel.Window;
import dev.descent.core.kernel.reference.ReferenceMaxPooling;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Pooling by the greatest of 2 x 2 elements, a vector of results at a time: the window that nearly
 * all networks use. Other windows go through the plain loops.
 */
public final class SimdMaxPooling implements MaxPooling {
  private static final MaxPooling PLAIN = new ReferenceMaxPooling();
  private static final Window PAIRS = Window.of(2).stride(2);

  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(FLOATS, lane -> (2 * lane) % LANES);
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(FLOATS, lane -> (2 * lane) % LANES + 1);
  private static final VectorShuffle<Float> LOWER_TWICE =
      VectorShuffle.fromOp(FLOATS, lane -> lane / 2);
  private static final VectorShuffle<Float> UPPER_TWICE =
      VectorShuffle.fromOp(FLOATS, lane -> (LANES + lane) / 2);
  private static final VectorMask<Float> UPPER_LANES =
      VectorMask.fromLong(FLOATS, -1L << (LANES / 2));
  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(FLOATS, 0xaaaa_aaaa_aaaa_aaaaL);

  @Override
  public void max(PoolingShape shape, Slice x, Slice y, int from, int to) {
    int end = vectorEnd(shape, from, to);
    int rows = shape.outHeight();
    int pairs = shape.outWidth();
    for (int plane = from; plane < end; plane++) {
      for (int row = 0; row < rows; row++) {
        int top = x.offset() + (plane * shape.height() + 2 * row) * shape.width();
        int out = y.offset() + (plane * rows + row) * pairs;
        maxOfRows(x.values(), top, top + shape.width(), y.values(), out, pairs);
      }
    }
    PLAIN.max(shape, x, y, end, to);
  }

  /**
   * The plane to stop before. A row is done in whole vectors. What they write behind its end is
   * overwritten by the next row, or by the plain loops, which do the last planes.
   */
  private static int vectorEnd(PoolingShape shape, int from, int to) {
    if (!shape.rows().equals(PAIRS) || !shape.columns().equals(PAIRS)) {
      return from;
    }
    return Math.max(from, to - Math.ceilDiv(LANES, shape.outHeight() * shape.outWidth()));
  }

  private static void maxOfRows(float[] x, int top, int bottom, float[] y, int out, int width) {
    for (int column = 0; column < width; column += LANES) {
      int at = top + 2 * column;
      FloatVector first = FloatVector.fromArray(FLOATS, x, at);
      FloatVector second = FloatVector.fromArray(FLOATS, x, at + LANES);
      FloatVector best = even(first, second);
      best = greater(best, odd(first, second));
      at = bottom + 2 * column;
      first = FloatVector.fromArray(FLOATS, x, at);
      second = FloatVector.fromArray(FLOATS, x, at + LANES);
      best = greater(best, even(first, second));
      best = greater(best, odd(first, second));
      best.intoArray(y, out + column);
    }
  }

  @Override
  public void gradient(PoolingShape shape, Slice x, Slice dy, Slice dx, int from, int to) {
    int end = vectorEnd(shape, from, to);
    int size = shape.height() * shape.width();
    int width = shape.width();
    int rows = shape.outHeight();
    int pairs = shape.outWidth();
    for (int plane = from; plane < end; plane++) {
      int start = dx.offset() + plane * size;
      for (int row = 0; row < rows; row++) {
        int top = plane * size + 2 * row * width;
        int out = dy.offset() + (plane * rows + row) * pairs;
        gradientOfRows(
            x.values(),
            x.offset() + top,
            dy.values(),
            out,
            dx.values(),
            dx.offset() + top,
            width,
            pairs);
      }
      Arrays.fill(dx.values(), start + 2 * rows * width, start + size, 0);
    }
    PLAIN.gradient(shape, x, dy, dx, end, to);
  }

  /**
   * From the right, and each time the upper row first: the last vectors write too far, what the
   * upper row's has spoilt of the lower row is written after it, and the lower row's reaches into
   * rows that come later.
   */
  private static void gradientOfRows(
      float[] x, int xTop, float[] dy, int out, float[] dx, int dxTop, int width, int pairs) {
    for (int column = (pairs - 1) / LANES * LANES; column >= 0; column -= LANES) {
      int at = xTop + 2 * column;
      FloatVector first = FloatVector.fromArray(FLOATS, x, at);
      FloatVector second = FloatVector.fromArray(FLOATS, x, at + LANES);
      FloatVector best = even(first, second);
      FloatVector next = odd(first, second);
      VectorMask<Float> isTopRight = isGreater(next, best);
      best = best.blend(next, isTopRight);
      first = FloatVector.fromArray(FLOATS, x, at + width);
      second = FloatVector.fromArray(FLOATS, x, at + width + LANES);
      next = even(first, second);
      VectorMask<Float> isLeft = isGreater(next, best);
      best = best.blend(next, isLeft);
      VectorMask<Float> isRight = isGreater(odd(first, second), best);

      // Added to zero, as the plain loops do it: so a negative zero becomes a positive one.
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector gradient = FloatVector.fromArray(FLOATS, dy, out + column).add(zero);
      FloatVector right = zero.blend(gradient, isRight);
      FloatVector notRight = gradient.blend(zero, isRight);
      FloatVector left = zero.blend(notRight, isLeft);
      FloatVector top = notRight.blend(zero, isLeft);
      FloatVector topRight = zero.blend(top, isTopRight);
      FloatVector topLeft = top.blend(zero, isTopRight);
      at = dxTop + 2 * column;
      lower(topLeft, topRight).intoArray(dx, at);
      upper(topLeft, topRight).intoArray(dx, at + LANES);
      lower(left, right).intoArray(dx, at + width);
      upper(left, right).intoArray(dx, at + width + LANES);
    }
    if (width % 2 != 0) {
      // In no window.
      dx[dxTop + width - 1] = 0;
      dx[dxTop + 2 * width - 1] = 0;
    }
  }

  @Override
  public void choose(PoolingShape shape, Slice x, Slice values, Slice y, int from, int to) {
    PLAIN.choose(shape, x, values, y, from, to);
  }

  private static FloatVector greater(FloatVector best, FloatVector next) {
    return best.blend(next, isGreater(next, best));
  }

  private static VectorMask<Float> isGreater(FloatVector next, FloatVector best) {
    return next.compare(GT, best).or(next.compare(NE, next));
  }

  /** The elements with even places in two vectors side by side. */
  private static FloatVector even(FloatVector first, FloatVector second) {
    return first.rearrange(EVEN).blend(second.rearrange(EVEN), UPPER_LANES);
  }

  private static FloatVector odd(FloatVector first, FloatVector second) {
    return first.rearrange(ODD).blend(second.rearrange(ODD), UPPER_LANES);
  }

  /** The first of two vectors that have the left elements in even places, the right in odd. */
  private static FloatVector lower(FloatVector left, FloatVector right) {
    return left.rearrange(LOWER_TWICE).blend(right.rearrange(LOWER_TWICE), ODD_LANES);
  }

  private static FloatVector upper(FloatVector left, FloatVector right) {
    return left.rearrange(UPPER_TWICE).blend(right.rearrange(UPPER_TWICE), ODD_LANES);
  }
}
