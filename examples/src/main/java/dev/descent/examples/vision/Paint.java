package dev.descent.examples.vision;

import dev.descent.core.random.RandomStream;

/**
 * A colour with stripes of a lighter and a darker shade.
 *
 * @param colour red, green and blue, from 0 to 1
 * @param contrast how much lighter and darker the stripes are
 * @param across the change of the stripes' phase per pixel to the right
 * @param down its change per pixel downwards
 */
record Paint(float[] colour, double contrast, double across, double down) {
  private static final double LEAST_DIFFERENCE = 0.6;

  /** Any colour, with stripes in any direction, a pair of which is 4 to 16 pixels wide. */
  static Paint random(RandomStream random) {
    float[] colour = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
    double angle = 2 * Math.PI * random.nextDouble();
    double frequency = 1 / (double) random.nextFloat(4, 16);
    return new Paint(
        colour,
        random.nextFloat(0, 0.1f),
        StrictMath.cos(angle) * frequency,
        StrictMath.sin(angle) * frequency);
  }

  /** A paint that stands out from another one. */
  static Paint unlike(Paint other, RandomStream random) {
    Paint paint = random(random);
    while (paint.difference(other) < LEAST_DIFFERENCE) {
      paint = random(random);
    }
    return paint;
  }

  /** The distance of two colours. */
  private double difference(Paint other) {
    double sum = 0;
    for (int i = 0; i < colour.length; i++) {
      double difference = colour[i] - other.colour[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** How much lighter, or darker, the paint is at a place. */
  float shade(int column, int row) {
    double phase = column * across + row * down;
    // A wave of straight lines, from -1 to 1 and back.
    return (float) (contrast * (4 * Math.abs(phase - Math.floor(phase) - 0.5) - 1));
  }
}
