package dev.descent.core.kernel;

import java.util.Arrays;

/** Averages over spans of rows and columns, and how gradients flow back through them. */
final class AveragePooling {
  private AveragePooling() {}

  /**
   * The average of each span of rows and columns: the sum, in the order of rows and columns,
   * divided by both divisors.
   *
   * @param x {@code [planes, rows.length, columns.length]}
   * @param y the result, {@code [planes, rows.outputs, columns.outputs]}
   * @param from the first plane to do
   * @param to the plane to stop before
   */
  static void average(Spans rows, Spans columns, Slice x, Slice y, int from, int to) {
    float[] values = x.values();
    int at = y.offset() + from * rows.outputs() * columns.outputs();
    for (int plane = from; plane < to; plane++) {
      for (int row = 0; row < rows.outputs(); row++) {
        for (int column = 0; column < columns.outputs(); column++) {
          float sum = 0;
          for (int r = rows.from(row); r < rows.to(row); r++) {
            int start = x.offset() + (plane * rows.length() + r) * columns.length();
            for (int c = columns.from(column); c < columns.to(column); c++) {
              sum += values[start + c];
            }
          }
          y.values()[at++] = sum / (rows.divisor(row) * columns.divisor(column));
        }
      }
    }
  }

  /**
   * What the derivative of {@code y} gives for x: each element gets its share of the averages that
   * it is in, added in the order of rows and columns.
   *
   * @param dy {@code [planes, rows.outputs, columns.outputs]}
   * @param dx the result, {@code [planes, rows.length, columns.length]}
   * @param from the first plane to do
   * @param to the plane to stop before
   */
  static void gradient(Spans rows, Spans columns, Slice dy, Slice dx, int from, int to) {
    float[] result = dx.values();
    int size = rows.length() * columns.length();
    Arrays.fill(result, dx.offset() + from * size, dx.offset() + to * size, 0);
    int at = dy.offset() + from * rows.outputs() * columns.outputs();
    for (int plane = from; plane < to; plane++) {
      for (int row = 0; row < rows.outputs(); row++) {
        for (int column = 0; column < columns.outputs(); column++) {
          float share = dy.values()[at++] / (rows.divisor(row) * columns.divisor(column));
          for (int r = rows.from(row); r < rows.to(row); r++) {
            int start = dx.offset() + (plane * rows.length() + r) * columns.length();
            for (int c = columns.from(column); c < columns.to(column); c++) {
              result[start + c] += share;
            }
          }
        }
      }
    }
  }
}
