package dev.descent.examples.vision;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Dataset;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * Paints pictures of figures: one in each, of any colour, size, place and direction, amid clutter
 * behind it and before it, and with noise. A picture depends on its number alone, and is the same
 * to the bit on every machine.
 */
final class Renderer {
  private static final long SEED = 1;

  private static final int MOST_BEHIND = 3;
  private static final int MOST_BEFORE = 1;
  private static final float SMALLEST = 10;
  private static final float LARGEST = 14;
  private static final float MOST_NOISE = 0.15f;

  private Renderer() {}

  /**
   * Pictures of all figures in turn, {@code [number, 3, 32, 32]} from 0 to 1.
   *
   * @param purpose what they are for, such as "training": other purposes have other pictures
   */
  static Dataset render(String purpose, int number) {
    int size = Canvas.CHANNELS * Canvas.SIDE * Canvas.SIDE;
    List<Figure> figures = Figure.ALL;
    float[] images = new float[Math.multiplyExact(number, size)];
    int[] labels = new int[number];
    for (int i = 0; i < number; i++) {
      labels[i] = i % figures.size();
      paint(figures.get(labels[i]), RandomStream.of(SEED, purpose, i)).copyTo(images, i * size);
    }
    return new Dataset(
        Tensor.of(Shape.of(number, Canvas.CHANNELS, Canvas.SIDE, Canvas.SIDE), images),
        Indices.of(labels),
        figures.size());
  }

  private static Canvas paint(Figure figure, RandomStream random) {
    Paint background = Paint.random(random);
    Canvas canvas = new Canvas(background);
    addClutter(canvas, random.nextInt(MOST_BEHIND + 1), random);
    float size = random.nextFloat(SMALLEST, LARGEST);
    Paint paint = Paint.unlike(background, random);
    canvas.fill(paint, somewhere(figure::distance, size, size, random));
    addClutter(canvas, random.nextInt(MOST_BEFORE + 1), random);
    canvas.addNoise(random.nextFloat(0, MOST_NOISE), random);
    return canvas;
  }

  /** Short thin bars. */
  private static void addClutter(Canvas canvas, int number, RandomStream random) {
    for (int i = 0; i < number; i++) {
      float halfLength = random.nextFloat(2, 8);
      float halfWidth = random.nextFloat(0.4f, 1.2f);
      canvas.fill(
          Paint.random(random),
          somewhere((x, y) -> Figure.rectangle(x, y, halfLength, halfWidth), 1, 0, random));
    }
  }

  /**
   * A figure of some size, in any direction, anywhere.
   *
   * @param margin how far its middle is from the edges of the canvas at least
   */
  private static DoubleBinaryOperator somewhere(
      DoubleBinaryOperator figure, float size, float margin, RandomStream random) {
    float x = random.nextFloat(margin, Canvas.SIDE - margin);
    float y = random.nextFloat(margin, Canvas.SIDE - margin);
    double angle = 2 * Math.PI * random.nextDouble();
    double cosine = StrictMath.cos(angle) / size;
    double sine = StrictMath.sin(angle) / size;
    return (column, row) -> {
      double right = column - x;
      double down = row - y;
      return size
          * figure.applyAsDouble(right * cosine + down * sine, down * cosine - right * sine);
    };
  }
}
