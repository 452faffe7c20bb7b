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
      VectorShuffle.fromOp(FLOATS, lane -> 2 * lane % LANES);
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(FLOATS, lane -> 2 * lane % LANES + 1);
  private static final VectorShuffle<Float> LOWER_TWICE =
      VectorShuffle.fromOp(FLOATS, lane -> lane / 2);
  private static final VectorShuffle<Float> UPPER_TWICE =
      VectorShuffle.fromOp(FLOATS, lane -> (LANES + lane) / 2);
  private static final VectorMask<Float> UPPER_LANES =
      VectorMask.fromLong(FLOATS, -1L << LANES / 2);
  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(FLOATS, 0xaaaa_aaaa_aaaa_aaaaL);

  @Override
  public void max(PoolingShape shape, Slice x, Slice y, int from, int to) {
    if (!isOfPairs(shape)) {
      PLAIN.max(shape, x, y, from, to);
      return;
    }
    for (int plane = from; plane < to; plane++) {
      for (int row = 0; row < shape.outHeight(); row++) {
        int top = x.offset() + (plane * shape.height() + 2 * row) * shape.width();
        int out = y.offset() + (plane * shape.outHeight() + row) * shape.outWidth();
        maxOfRows(x.values(), top, top + shape.width(), y.values(), out, shape.outWidth());
      }
    }
  }

  private static boolean isOfPairs(PoolingShape shape) {
    return shape.rows().equals(PAIRS) && shape.columns().equals(PAIRS);
  }

  private static void maxOfRows(float[] x, int top, int bottom, float[] y, int out, int width) {
    for (int column = 0; column < width; column += LANES) {
      int at = 2 * column;
      VectorMask<Float> first = FLOATS.indexInRange(at, 2 * width);
      VectorMask<Float> second = FLOATS.indexInRange(at + LANES, 2 * width);
      FloatVector top0 = FloatVector.fromArray(FLOATS, x, top + at, first);
      FloatVector top1 = FloatVector.fromArray(FLOATS, x, top + at + LANES, second);
      FloatVector bottom0 = FloatVector.fromArray(FLOATS, x, bottom + at, first);
      FloatVector bottom1 = FloatVector.fromArray(FLOATS, x, bottom + at + LANES, second);
      FloatVector best = even(top0, top1);
      best = greater(best, odd(top0, top1));
      best = greater(best, even(bottom0, bottom1));
      best = greater(best, odd(bottom0, bottom1));
      best.intoArray(y, out + column, FLOATS.indexInRange(column, width));
    }
  }

  @Override
  public void gradient(PoolingShape shape, Slice x, Slice dy, Slice dx, int from, int to) {
    if (!isOfPairs(shape)) {
      PLAIN.gradient(shape, x, dy, dx, from, to);
      return;
    }
    int size = shape.height() * shape.width();
    if (shape.height() % 2 != 0 || shape.width() % 2 != 0) {
      Arrays.fill(dx.values(), dx.offset() + from * size, dx.offset() + to * size, 0);
    }
    for (int plane = from; plane < to; plane++) {
      for (int row = 0; row < shape.outHeight(); row++) {
        int top = plane * size + 2 * row * shape.width();
        int out = dy.offset() + (plane * shape.outHeight() + row) * shape.outWidth();
        gradientOfRows(
            x.values(),
            x.offset() + top,
            dy.values(),
            out,
            dx.values(),
            dx.offset() + top,
            shape.width(),
            shape.outWidth());
      }
    }
  }

  private static void gradientOfRows(
      float[] x, int xTop, float[] dy, int out, float[] dx, int dxTop, int below, int width) {
    for (int column = 0; column < width; column += LANES) {
      int at = 2 * column;
      VectorMask<Float> first = FLOATS.indexInRange(at, 2 * width);
      VectorMask<Float> second = FLOATS.indexInRange(at + LANES, 2 * width);
      int top = xTop + at;
      FloatVector top0 = FloatVector.fromArray(FLOATS, x, top, first);
      FloatVector top1 = FloatVector.fromArray(FLOATS, x, top + LANES, second);
      FloatVector bottom0 = FloatVector.fromArray(FLOATS, x, top + below, first);
      FloatVector bottom1 = FloatVector.fromArray(FLOATS, x, top + below + LANES, second);
      FloatVector best = even(top0, top1);
      FloatVector next = odd(top0, top1);
      VectorMask<Float> isSecond = isGreater(next, best);
      best = best.blend(next, isSecond);
      next = even(bottom0, bottom1);
      VectorMask<Float> isThird = isGreater(next, best);
      best = best.blend(next, isThird);
      VectorMask<Float> isFourth = isGreater(odd(bottom0, bottom1), best);
      VectorMask<Float> inBottom = isThird.or(isFourth);

      VectorMask<Float> present = FLOATS.indexInRange(column, width);
      FloatVector zero = FloatVector.zero(FLOATS);
      // Added to zero, as the plain loops do it: so a negative zero becomes a positive one.
      FloatVector gradient = FloatVector.fromArray(FLOATS, dy, out + column, present).add(zero);
      FloatVector inTop = gradient.blend(zero, inBottom);
      FloatVector left = inTop.blend(zero, isSecond);
      FloatVector right = zero.blend(inTop, isSecond);
      lower(left, right).intoArray(dx, dxTop + at, first);
      upper(left, right).intoArray(dx, dxTop + at + LANES, second);
      left = zero.blend(gradient, isThird).blend(zero, isFourth);
      right = zero.blend(gradient, isFourth);
      lower(left, right).intoArray(dx, dxTop + below + at, first);
      upper(left, right).intoArray(dx, dxTop + below + at + LANES, second);
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
