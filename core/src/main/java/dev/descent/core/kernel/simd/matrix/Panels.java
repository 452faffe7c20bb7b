package dev.descent.core.kernel.simd.matrix;

import static dev.descent.core.kernel.simd.Simd.FLOATS;
import static dev.descent.core.kernel.simd.Simd.LANES;

import dev.descent.core.kernel.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Copies of a right factor's columns for {@link PanelTiles}: four vectors of each row, row after
 * row.
 *
 * <p>They are outside of the heap, where memory can begin with a cache line. An array begins 16
 * bytes after one, or anywhere, so that each vector of 64 bytes in it is in two lines: to read it
 * there takes a product a tenth longer where panels are in the first cache, a sixth where they are
 * in the second.
 */
final class Panels {
  /** The columns of a panel. */
  static final int COLUMNS = 4 * LANES;

  /** The bytes of one of its rows. */
  static final int ROW = COLUMNS * Float.BYTES;

  /** The bytes of a vector. */
  static final long VECTOR = (long) LANES * Float.BYTES;

  /** How floats are stored in a panel. */
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final int CACHE_LINE = 64;

  /** Rows that are transposed at a time, and then copied from the first cache. */
  private static final int CHUNK = 64;

  private final List<MemorySegment> panels = new ArrayList<>();
  private float[] turned = {};

  /** What was copied to a panel last. */
  MemorySegment get(int panel) {
    return panels.get(panel);
  }

  /**
   * Copies columns to a panel, which is made if it does not exist yet.
   *
   * @param panel its number, at most one more than the greatest so far
   * @param columns {@code k x COLUMNS}
   */
  MemorySegment pack(int panel, Matrix columns) {
    MemorySegment memory = memory(panel, (long) columns.rows() * ROW);
    if (columns.columnStride() == 1) {
      copy(columns, memory);
    } else {
      transpose(columns, memory);
    }
    return memory;
  }

  private MemorySegment memory(int panel, long bytes) {
    if (panel == panels.size()) {
      panels.add(MemorySegment.NULL);
    }
    if (panels.get(panel).byteSize() < bytes) {
      panels.set(panel, Arena.ofAuto().allocate(bytes, CACHE_LINE));
    }
    return panels.get(panel);
  }

  private static void copy(Matrix from, MemorySegment to) {
    float[] values = from.values();
    for (int row = 0; row < from.rows(); row++) {
      int read = from.offset() + row * from.rowStride();
      long written = (long) row * ROW;
      copyVector(values, read, to, written);
      copyVector(values, read + LANES, to, written + VECTOR);
      copyVector(values, read + 2 * LANES, to, written + 2 * VECTOR);
      copyVector(values, read + 3 * LANES, to, written + 3 * VECTOR);
    }
  }

  private static void copyVector(float[] from, int read, MemorySegment to, long written) {
    FloatVector.fromArray(FLOATS, from, read).intoMemorySegment(to, written, ORDER);
  }

  private void transpose(Matrix from, MemorySegment to) {
    if (turned.length == 0) {
      turned = new float[CHUNK * COLUMNS];
    }
    for (int row = 0; row < from.rows(); row += CHUNK) {
      int end = Math.min(from.rows(), row + CHUNK);
      Matrix rows = Matrix.rowMajor(turned, 0, end - row, COLUMNS);
      Packing.copy(from.rows(row, end), rows);
      MemorySegment.copy(
          turned, 0, to, ValueLayout.JAVA_FLOAT, (long) row * ROW, rows.rows() * COLUMNS);
    }
  }
}
