package dev.descent.core.kernel.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Transposition;
import dev.descent.core.kernel.reference.ReferenceTransposition;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Columns become rows a square of whole vectors at a time.
 *
 * <p>To interleave the first half of a square's rows with the second, element by element, puts the
 * highest bit of an element's row behind the lowest of its column. After as many times as a row
 * number has bits, rows and columns have changed places: four times with 16 lanes, three with 8,
 * two with 4. Two of them are done at once, on four vectors that stay in registers.
 */
public final class SimdTransposition implements Transposition {
  private static final Transposition REST = new ReferenceTransposition();

  private static final ThreadLocal<float[]> SQUARE =
      ThreadLocal.withInitial(() -> new float[LANES * LANES]);

  /** Each lane of the first half of a vector twice. */
  private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(FLOATS, lane -> lane / 2);

  /** Each lane of the second half twice. */
  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromOp(FLOATS, lane -> (LANES + lane) / 2);

  private static final VectorMask<Float> ODD =
      VectorMask.fromLong(FLOATS, 0xAAAA_AAAA_AAAA_AAAAL >>> (Long.SIZE - LANES));

  @Override
  public void copy(
      float[] from,
      int fromOffset,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toOffset,
      int toStride) {
    if (rows < LANES || columns < LANES) {
      REST.copy(from, fromOffset, fromStride, rows, columns, to, toOffset, toStride);
      return;
    }
    float[] square = SQUARE.get();
    for (int column = 0; column < columns; column += LANES) {
      int j = Math.min(column, columns - LANES); // the last squares overlap those before
      for (int row = 0; row < rows; row += LANES) {
        int i = Math.min(row, rows - LANES);
        int read = fromOffset + i * fromStride + j;
        int written = toOffset + j * toStride + i;
        if (LANES == 4) {
          interleaveTwice(from, read, fromStride, to, written, toStride);
        } else {
          if (LANES == 8) {
            interleave(from, read, fromStride, square, 0, LANES);
          } else {
            interleaveTwice(from, read, fromStride, square, 0, LANES);
          }
          interleaveTwice(square, 0, LANES, to, written, toStride);
        }
      }
    }
  }

  private static void interleave(
      float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride) {
    for (int i = 0; i < LANES / 2; i++) {
      int read = fromOffset + i * fromStride;
      int written = toOffset + 2 * i * toStride;
      FloatVector a = FloatVector.fromArray(FLOATS, from, read);
      FloatVector b = FloatVector.fromArray(FLOATS, from, read + LANES / 2 * fromStride);
      first(a, b).intoArray(to, written);
      second(a, b).intoArray(to, written + toStride);
    }
  }

  private static void interleaveTwice(
      float[] from, int fromOffset, int fromStride, float[] to, int toOffset, int toStride) {
    int quarter = LANES / 4 * fromStride;
    for (int i = 0; i < LANES / 4; i++) {
      int read = fromOffset + i * fromStride;
      int written = toOffset + 4 * i * toStride;
      FloatVector a = FloatVector.fromArray(FLOATS, from, read);
      FloatVector b = FloatVector.fromArray(FLOATS, from, read + quarter);
      FloatVector c = FloatVector.fromArray(FLOATS, from, read + 2 * quarter);
      FloatVector d = FloatVector.fromArray(FLOATS, from, read + 3 * quarter);
      FloatVector ac = first(a, c);
      FloatVector bd = first(b, d);
      first(ac, bd).intoArray(to, written);
      second(ac, bd).intoArray(to, written + toStride);
      ac = second(a, c);
      bd = second(b, d);
      first(ac, bd).intoArray(to, written + 2 * toStride);
      second(ac, bd).intoArray(to, written + 3 * toStride);
    }
  }

  /** The first halves of two vectors, interleaved. */
  private static FloatVector first(FloatVector even, FloatVector odd) {
    return even.rearrange(FIRST).blend(odd.rearrange(FIRST), ODD);
  }

  /** The second halves of two vectors, interleaved. */
  private static FloatVector second(FloatVector even, FloatVector odd) {
    return even.rearrange(SECOND).blend(odd.rearrange(SECOND), ODD);
  }
}
