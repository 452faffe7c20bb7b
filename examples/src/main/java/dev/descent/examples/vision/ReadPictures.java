package dev.descent.examples.vision;

import dev.descent.core.tensor.Indices;
import dev.descent.examples.report.Pictures;
import dev.descent.examples.report.Pictures.Caption;
import dev.descent.nn.data.Dataset;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Draws pictures with what was read in them: the first ones, and then some that were misread. */
final class ReadPictures {
  private static final int COLUMNS = 8;
  private static final int FIRST = 2 * COLUMNS;
  private static final int SCALE = 4;

  private ReadPictures() {}

  /**
   * Draws them.
   *
   * @param pictures at least 16, {@code [size, 3, height, width]}, with what they show
   * @param read what was read in each
   */
  static BufferedImage draw(Dataset pictures, Indices read) {
    int[] shown = chosen(pictures.labels(), read);
    Dataset chosen = pictures.subset(shown);
    List<Caption> captions = new ArrayList<>();
    for (int picture : shown) {
      String is = name(pictures.labels(), picture);
      String found = name(read, picture);
      boolean right = is.equals(found);
      captions.add(new Caption(right ? is : found + ", not " + is, right));
    }
    return Pictures.captioned(chosen.inputs(), captions, COLUMNS, SCALE);
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
