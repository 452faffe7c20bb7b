package dev.descent.examples.report;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.InputException;
import dev.descent.nn.checkpoint.AtomicFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** What is done with pictures. */
public final class Pictures {
  private static final int GAP = 4;

  private Pictures() {}

  /**
   * Draws a picture and writes it to a PNG file.
   *
   * @throws InputException if the machine has no fonts to draw with
   * @throws dev.descent.nn.data.DataException if the file cannot be written
   */
  public static void write(Supplier<BufferedImage> picture, Path file) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture.get(), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every picture", e);
    } catch (InternalError | UnsatisfiedLinkError | NoClassDefFoundError e) {
      // How the JDK says that a library or every font is missing.
      throw new InputException(
          file
              + ": no picture can be drawn: "
              + e.getMessage()
              + "; expected fontconfig and a font",
          e);
    }
    AtomicFile.write(file, out -> out.write(ByteBuffer.wrap(png.toByteArray())));
  }

  /** Pictures side by side, on white. */
  public static BufferedImage beside(BufferedImage... pictures) {
    int width = 0;
    int height = 0;
    for (BufferedImage picture : pictures) {
      width += picture.getWidth();
      height = Math.max(height, picture.getHeight());
    }
    BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    int x = 0;
    for (BufferedImage picture : pictures) {
      graphics.drawImage(picture, x, 0, null);
      x += picture.getWidth();
    }
    graphics.dispose();
    return all;
  }

  /**
   * Images in rows and columns with a gap between them, each pixel enlarged.
   *
   * @param images {@code [n, height, width]}, or {@code [n, 3, height, width]} in red, green and
   *     blue; values from 0 to 1, what is outside is cut off
   * @param columns how many side by side
   * @param scale how many pixels a pixel is wide and high
   */
  public static BufferedImage grid(Tensor images, int columns, int scale) {
    Shape shape = images.shape();
    boolean colour = shape.rank() == 4;
    int side = colour ? 1 : 0;
    int height = shape.length(1 + side);
    int width = shape.length(2 + side);
    int rows = Math.ceilDiv(shape.length(0), columns);
    BufferedImage picture =
        new BufferedImage(
            columns * (width * scale + GAP) + GAP,
            rows * (height * scale + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    float[] values = images.toArray();
    int plane = height * width;
    for (int i = 0; i < values.length / (colour ? 3 : 1); i++) {
      int image = i / plane;
      int pixel = i % plane;
      int first = colour ? 3 * image * plane + pixel : i;
      int next = colour ? plane : 0;
      graphics.setColor(
          new Color(
              level(values[first]), level(values[first + next]), level(values[first + 2 * next])));
      graphics.fillRect(
          GAP + image % columns * (width * scale + GAP) + pixel % width * scale,
          GAP + image / columns * (height * scale + GAP) + pixel / width * scale,
          scale,
          scale);
    }
    graphics.dispose();
    return picture;
  }

  private static float level(float value) {
    return Math.clamp(value, 0, 1);
  }
}
