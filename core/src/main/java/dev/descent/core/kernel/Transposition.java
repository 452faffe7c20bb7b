package dev.descent.core.kernel;

/** Moves the elements of a matrix so that columns become rows. */
@FunctionalInterface
public interface Transposition {
  /**
   * {@code to[toOffset + j * toStride + i] = from[fromOffset + i * fromStride + j]} for i below
   * rows and j below columns. What is read and what is written must not overlap.
   *
   * @param fromStride the distance from row to row of what is read
   * @param toStride the distance from row to row of what is written
   */
  void copy(
      float[] from,
      int fromOffset,
      int fromStride,
      int rows,
      int columns,
      float[] to,
      int toOffset,
      int toStride);
}
