package dev.descent.examples.vision;

import dev.descent.core.random.RandomStream;
import java.util.function.DoubleBinaryOperator;

/**
 * A square picture to paint on. Edges are smooth: a pixel takes on as much of a paint as is covered
 * by it, to a good approximation half a pixel minus the distance of its centre from the edge.
 */
final class Canvas {
  /** The length of a side, in pixels. */
  static final int SIDE = 32;

  static final int CHANNELS = 3;

  private final float[] pixels = new float[CHANNELS * SIDE * SIDE];

  /** A canvas that is painted all over. */
  Canvas(Paint background) {
    fill(background, (x, y) -> -SIDE);
  }

  /**
   * Paints an area.
   *
   * @param distance how far a place in pixels is from the area's edge; negative inside
   */
  void fill(Paint paint, DoubleBinaryOperator distance) {
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double outside = distance.applyAsDouble(column + 0.5, row + 0.5);
        float covered = (float) Math.clamp(0.5 - outside, 0, 1);
        if (covered > 0) {
          float shade = paint.shade(column, row);
          for (int channel = 0; channel < CHANNELS; channel++) {
            int i = (channel * SIDE + row) * SIDE + column;
            pixels[i] += covered * (paint.colour()[channel] + shade - pixels[i]);
          }
        }
      }
    }
  }

  /** Makes each number larger or smaller by as much as this, evenly distributed. */
  void addNoise(float most, RandomStream random) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += most * (2 * random.nextFloat() - 1);
    }
  }

  /**
   * Writes the picture, {@code [3, 32, 32]} from 0 to 1 in steps of 1/255, into an array from some
   * place on.
   */
  void copyTo(float[] images, int offset) {
    for (int i = 0; i < pixels.length; i++) {
      images[offset + i] = Math.round(255 * Math.clamp(pixels[i], 0f, 1f)) / 255f;
    }
  }
}
