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
    int width = shape.outWidth();
    for (int plane = from; plane < end; plane++) {
      for (int row = 0; row < shape.outHeight(); row++) {
        int top = x.offset() + (plane * shape.height() + 2 * row) * shape.width();
        int out = y.offset() + (plane * shape.outHeight() + row) * width;
        maxOfRows(x.values(), top, top + shape.width(), y.values(), out, width);
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
    for (int plane = from; plane < end; plane++) {
      int start = dx.offset() + plane * size;
      for (int row = 0; row < shape.outHeight(); row++) {
        int top = plane * size + 2 * row * width;
        int out = dy.offset() + (plane * shape.outHeight() + row) * shape.outWidth();
        gradientOfRows(
            x.values(),
            x.offset() + top,
            dy.values(),
            out,
            dx.values(),
            dx.offset() + top,
            width,
            shape.outWidth());
      }
      Arrays.fill(dx.values(), start + 2 * shape.outHeight() * width, start + size, 0);
    }
    PLAIN.gradient(shape, x, dy, dx, end, to);
  }

  /** The upper row first, and from the left: each vector may write too far. */
  private static void gradientOfRows(
      float[] x, int xTop, float[] dy, int out, float[] dx, int dxTop, int width, int pairs) {
    for (int column = 0; column < pairs; column += LANES) {
      int at = xTop + 2 * column;
      FloatVector gradient = gradient(dy, out + column);
      FloatVector top0 = FloatVector.fromArray(FLOATS, x, at);
      FloatVector top1 = FloatVector.fromArray(FLOATS, x, at + LANES);
      FloatVector bottom0 = FloatVector.fromArray(FLOATS, x, at + width);
      FloatVector bottom1 = FloatVector.fromArray(FLOATS, x, at + width + LANES);
      FloatVector left = even(top0, top1);
      FloatVector right = odd(top0, top1);
      VectorMask<Float> isRight = isGreater(right, left);
      FloatVector best = left.blend(right, isRight);
      FloatVector next = even(bottom0, bottom1);
      VectorMask<Float> isBelow = isGreater(next, best);
      best = best.blend(next, isBelow);
      isBelow = isBelow.or(isGreater(odd(bottom0, bottom1), best));

      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector above = gradient.blend(zero, isBelow);
      left = above.blend(zero, isRight);
      right = zero.blend(above, isRight);
      at = dxTop + 2 * column;
      lower(left, right).intoArray(dx, at);
      upper(left, right).intoArray(dx, at + LANES);
    }
    zeroIfOdd(dx, dxTop, width);
    for (int column = 0; column < pairs; column += LANES) {
      int at = xTop + 2 * column;
      FloatVector gradient = gradient(dy, out + column);
      FloatVector top0 = FloatVector.fromArray(FLOATS, x, at);
      FloatVector top1 = FloatVector.fromArray(FLOATS, x, at + LANES);
      FloatVector bottom0 = FloatVector.fromArray(FLOATS, x, at + width);
      FloatVector bottom1 = FloatVector.fromArray(FLOATS, x, at + width + LANES);
      FloatVector best = greater(even(top0, top1), odd(top0, top1));
      FloatVector left = even(bottom0, bottom1);
      FloatVector right = odd(bottom0, bottom1);
      VectorMask<Float> isLeft = isGreater(left, best);
      VectorMask<Float> isRight = isGreater(right, best.blend(left, isLeft));

      FloatVector zero = FloatVector.zero(FLOATS);
      left = zero.blend(gradient, isLeft).blend(zero, isRight);
      right = zero.blend(gradient, isRight);
      at = dxTop + width + 2 * column;
      lower(left, right).intoArray(dx, at);
      upper(left, right).intoArray(dx, at + LANES);
    }
    zeroIfOdd(dx, dxTop + width, width);
  }

  /** Added to zero, as the plain loops do it: so a negative zero becomes a positive one. */
  private static FloatVector gradient(float[] dy, int at) {
    return FloatVector.fromArray(FLOATS, dy, at).add(FloatVector.zero(FLOATS));
  }

  /** The last element of a row of odd width is in no window. */
  private static void zeroIfOdd(float[] dx, int row, int width) {
    if (width % 2 != 0) {
      dx[row + width - 1] = 0;
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
