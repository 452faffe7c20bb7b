package dev.descent.examples.report;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.examples.cli.InputException;
import dev.descent.nn.checkpoint.AtomicFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** What is done with pictures. */
public final class Pictures {
  private static final int GAP = 4;
  private static final int CAPTION = 16;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color WRONG = new Color(0xC00000);

  private Pictures() {}

  /**
   * What is said below an image.
   *
   * @param text as many characters as fit below it
   * @param right what is not is red
   */
  public record Caption(String text, boolean right) {}

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
    Graphics2D graphics = onWhite(all);
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
    Graphics2D graphics = onWhite(picture);
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

  /**
   * A {@link #grid} with a caption below each image.
   *
   * @param captions one for each image
   */
  public static BufferedImage captioned(
      Tensor images, List<Caption> captions, int columns, int scale) {
    BufferedImage[] pictures = new BufferedImage[captions.size()];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = grid(images.slice(0, i, i + 1), 1, scale);
    }
    int width = pictures[0].getWidth();
    int height = pictures[0].getHeight() + CAPTION;
    int rows = Math.ceilDiv(pictures.length, columns);
    BufferedImage all =
        new BufferedImage(columns * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = onWhite(all);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    for (int i = 0; i < pictures.length; i++) {
      int x = i % columns * width;
      int y = i / columns * height;
      graphics.drawImage(pictures[i], x, y, null);
      graphics.setColor(captions.get(i).right() ? Color.BLACK : WRONG);
      graphics.drawString(captions.get(i).text(), x + GAP, y + height - GAP - 1);
    }
    graphics.dispose();
    return all;
  }

  private static Graphics2D onWhite(BufferedImage picture) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    return graphics;
  }

  private static float level(float value) {
    return Math.clamp(value, 0, 1);
  }
}
