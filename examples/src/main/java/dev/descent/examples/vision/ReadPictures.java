package dev.descent.examples.vision;

import dev.descent.core.tensor.Indices;
import dev.descent.examples.report.Pictures;
import dev.descent.nn.data.Dataset;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** Draws pictures with what was read in them: the first ones, and then some that were misread. */
final class ReadPictures {
  private static final int COLUMNS = 8;
  private static final int FIRST = 2 * COLUMNS;
  private static final int SCALE = 4;
  private static final int CAPTION = 16;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Color MISREAD = new Color(0xC00000);

  private ReadPictures() {}

  /**
   * Draws them.
   *
   * @param pictures at least 16, {@code [size, 3, height, width]}, with what they show
   * @param read what was read in each
   */
  static BufferedImage draw(Dataset pictures, Indices read) {
    int[] shown = chosen(pictures.labels(), read);
    BufferedImage first = Pictures.grid(pictures.subset(shown[0]).inputs(), 1, SCALE);
    int width = first.getWidth();
    int height = first.getHeight() + CAPTION;
    int rows = Math.ceilDiv(shown.length, COLUMNS);
    BufferedImage all =
        new BufferedImage(COLUMNS * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < shown.length; i++) {
      int x = i % COLUMNS * width;
      int y = i / COLUMNS * height;
      BufferedImage picture = Pictures.grid(pictures.subset(shown[i]).inputs(), 1, SCALE);
      graphics.drawImage(picture, x, y, null);
      String is = name(pictures.labels(), shown[i]);
      String found = name(read, shown[i]);
      boolean right = is.equals(found);
      graphics.setColor(right ? Color.BLACK : MISREAD);
      graphics.drawString(right ? is : found + ", not " + is, x + 4, y + height - 5);
    }
    graphics.dispose();
    return all;
  }

  private static String name(Indices labels, int picture) {
    return Figure.ALL.get(labels.get(picture)).toString();
  }

  /** The first pictures, and after them a row of others that were misread. */
  static int[] chosen(Indices labels, Indices read) {
    IntStream misread =
        IntStream.range(FIRST, labels.length())
            .filter(i -> labels.get(i) != read.get(i))
            .limit(COLUMNS);
    return IntStream.concat(IntStream.range(0, FIRST), misread).toArray();
  }
}
