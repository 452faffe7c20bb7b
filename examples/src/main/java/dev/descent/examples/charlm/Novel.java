package dev.descent.examples.charlm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.descent.nn.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A text as numbers of characters.
 *
 * @param alphabet the characters that there are, in ascending order
 * @param training the numbers of the characters to learn from
 * @param test those of the characters that follow
 */
record Novel(String alphabet, int[] training, int[] test) {
  private static final String RESOURCE = "/dev/descent/examples/novel/moby-dick.txt.gz";

  /**
   * Moby-Dick, which comes with the program: nine tenths to learn from, the end to test with.
   *
   * @throws DataException if the program was packed without it
   */
  static Novel load() {
    String text = read(RESOURCE);
    return of(text, text.length() - text.length() / 10);
  }

  /** The text of a resource. */
  static String read(String resource) {
    try (InputStream in = Novel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new DataException(resource, "no such resource; expected an embedded text");
      }
      return new String(new GZIPInputStream(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new DataException(resource, "cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A text, split in two.
   *
   * @param split how many characters are to learn from
   */
  static Novel of(String text, int split) {
    StringBuilder alphabet = new StringBuilder();
    text.chars().sorted().distinct().forEach(character -> alphabet.append((char) character));
    Novel empty = new Novel(alphabet.toString(), new int[0], new int[0]);
    return new Novel(
        alphabet.toString(),
        empty.numbers(text.substring(0, split)),
        empty.numbers(text.substring(split)));
  }

  /** The numbers of the characters of a text; -1 for what is not in the alphabet. */
  int[] numbers(String text) {
    return text.chars().map(alphabet::indexOf).toArray();
  }
}
