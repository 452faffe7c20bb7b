package dev.descent.examples.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Shape;
import dev.descent.nn.data.Dataset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final int SIZE = 3 * 32 * 32;

  private static final Paint BLACK = new Paint(new float[] {0, 0, 0}, 0, 0, 0);

  @Test
  void picturesOfAllFiguresInTurn() {
    Dataset pictures = Renderer.render("training", 25);

    assertThat(pictures.inputs().shape()).isEqualTo(Shape.of(25, 3, 32, 32));
    assertThat(pictures.classes()).isEqualTo(10);
    assertThat(pictures.labels().toArray()).startsWith(0, 1, 2).endsWith(2, 3, 4);
    for (float pixel : pictures.inputs().toArray()) {
      assertThat(pixel).isEqualTo(Math.round(pixel * 255) / 255f).isBetween(0f, 1f);
    }
  }

  /** The same on every machine: a number that was written down once. */
  @Test
  void aPictureDependsOnItsNumberAlone() {
    float[] pictures = Renderer.render("training", 20).inputs().toArray();

    assertThat(Renderer.render("training", 10).inputs().toArray())
        .isEqualTo(Arrays.copyOf(pictures, 10 * SIZE));
    assertThat(Arrays.hashCode(pictures)).isEqualTo(696278772);
    assertThat(Arrays.equals(pictures, 0, SIZE, pictures, 10 * SIZE, 11 * SIZE)).isFalse();
    assertThat(Renderer.render("test", 20).inputs().toArray()).isNotEqualTo(pictures);
  }

  /** What is painted weighs as much as its area, wherever its edges go through pixels. */
  @Test
  void edgesAreSmooth() {
    for (int i = 0; i < 20; i++) {
      double x = 16 + 0.05 * i;
      Canvas canvas = new Canvas(BLACK);
      canvas.fill(
          new Paint(new float[] {0.5f, 1, 0}, 0, 0, 0),
          (column, row) -> Math.hypot(column - x, row - 15.3) - 9.2);
      float[] pixels = new float[SIZE];
      canvas.copyTo(pixels, 0);

      double area = Math.PI * 9.2 * 9.2;
      assertThat(sum(pixels, 0)).isCloseTo(area / 2, within(0.005 * area));
      assertThat(sum(pixels, 1)).isCloseTo(area, within(0.005 * area));
      assertThat(sum(pixels, 2)).isZero();
    }
  }

  private static double sum(float[] pixels, int channel) {
    double sum = 0;
    for (int i = 0; i < 32 * 32; i++) {
      sum += pixels[channel * 32 * 32 + i];
    }
    return sum;
  }

  @Test
  void stripesAreLighterAndDarker() {
    Paint stripes = new Paint(new float[] {0.5f, 0.5f, 0.5f}, 0.2, 0.25, 0);

    assertThat(stripes.shade(0, 3)).isEqualTo(0.2f);
    assertThat(stripes.shade(1, 0)).isEqualTo(0f);
    assertThat(stripes.shade(2, 0)).isEqualTo(-0.2f);
    assertThat(stripes.shade(4, 9)).isEqualTo(0.2f);
  }

  @Test
  void figuresStandOut() {
    RandomStream random = RandomStream.of(1, "paints");
    for (int i = 0; i < 100; i++) {
      Paint background = Paint.random(random);
      float[] a = background.colour();
      float[] b = Paint.unlike(background, random).colour();
      assertThat(Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2])))
          .isGreaterThanOrEqualTo(0.6);
    }
  }

  private static double square(double x) {
    return x * x;
  }

  @Test
  void noiseGoesAsFarAsItMay() {
    Canvas canvas = new Canvas(new Paint(new float[] {0.5f, 0.5f, 0.5f}, 0, 0, 0));
    canvas.addNoise(0.1f, RandomStream.of(1, "noise"));
    float[] pixels = new float[SIZE];
    canvas.copyTo(pixels, 0);
    Arrays.sort(pixels);

    assertThat(pixels[0]).isCloseTo(0.4f, within(0.003f));
    assertThat(pixels[SIZE / 2]).isCloseTo(0.5f, within(0.01f));
    assertThat(pixels[SIZE - 1]).isCloseTo(0.6f, within(0.003f));
  }
}
