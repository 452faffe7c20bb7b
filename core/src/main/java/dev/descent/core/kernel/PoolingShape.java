package dev.descent.core.kernel;

/**
 * The sizes of a pooling that slides a window.
 *
 * @param planes the number of images times that of channels
 * @param height the height of an input plane
 * @param width the width of an input plane
 * @param rows how the window slides down
 * @param columns how the window slides to the right
 */
public record PoolingShape(int planes, int height, int width, Window rows, Window columns) {
  /** The height of an output plane. */
  public int outHeight() {
    return rows.positions(height);
  }

  /** The width of an output plane. */
  public int outWidth() {
    return columns.positions(width);
  }
}
