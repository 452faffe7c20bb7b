package dev.descent.nn.augmentation;

/**
 * An image of one or more channels. Not copied.
 *
 * @param channels how many numbers there are for each pixel
 * @param height the number of rows
 * @param width the number of columns
 * @param pixels {@code [channels, height, width]}, row by row
 */
public record Image(int channels, int height, int width, float[] pixels) {
  /**
   * Checks the number of pixels.
   *
   * @throws IllegalArgumentException if there are more or fewer than the lengths say
   */
  public Image {
    if ((long) channels * height * width != pixels.length) {
      throw new IllegalArgumentException(
          "an image [%d, %d, %d] of %d numbers; expected as many as it has"
              .formatted(channels, height, width, pixels.length));
    }
  }

  /** A pixel; 0 outside the image. */
  float at(int channel, int row, int column) {
    return row < 0 || row >= height || column < 0 || column >= width
        ? 0
        : pixels[(channel * height + row) * width + column];
  }

  /** Between four pixels, weighted by how near they are. */
  float at(int channel, float row, float column) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    float down = row - top;
    float right = column - left;
    float upper = (1 - right) * at(channel, top, left) + right * at(channel, top, left + 1);
    float lower = (1 - right) * at(channel, top + 1, left) + right * at(channel, top + 1, left + 1);
    return (1 - down) * upper + down * lower;
  }

  /** Part of this image, or of the zeros around it. */
  Image window(int top, int left, int newHeight, int newWidth) {
    float[] result = new float[Math.multiplyExact(channels * newHeight, newWidth)];
    int i = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < newHeight; row++) {
        for (int column = 0; column < newWidth; column++) {
          result[i++] = at(channel, top + row, left + column);
        }
      }
    }
    return new Image(channels, newHeight, newWidth, result);
  }

  /**
   * The image turned and resized about its centre. A pixel comes from where {@code (cosine, -sine;
   * sine, cosine)} takes its distance from there.
   */
  Image turned(float cosine, float sine) {
    float[] result = new float[pixels.length];
    float middleRow = (height - 1) / 2f;
    float middleColumn = (width - 1) / 2f;
    int i = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          float down = row - middleRow;
          float right = column - middleColumn;
          result[i++] =
              at(
                  channel,
                  middleRow + cosine * down - sine * right,
                  middleColumn + sine * down + cosine * right);
        }
      }
    }
    return new Image(channels, height, width, result);
  }
}
