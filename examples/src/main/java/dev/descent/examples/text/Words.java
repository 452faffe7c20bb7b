package dev.descent.examples.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.descent.core.tensor.Indices;
import dev.descent.nn.data.DataException;
import dev.descent.nn.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Words, each of one language.
 *
 * @param words of the letters a to z, 3 to 16 of them
 * @param languages the number of each word's language in {@link #LANGUAGES}
 */
record Words(List<String> words, List<Integer> languages) {
  /** The languages there are, each with a file of words. */
  static final List<String> LANGUAGES =
      List.of(
          "Dutch",
          "English",
          "Finnish",
          "French",
          "German",
          "Italian",
          "Polish",
          "Portuguese",
          "Spanish",
          "Swedish");

  /** How many letters the longest word has. */
  static final int LONGEST = 16;

  private static final String FOLDER = "/dev/descent/examples/words/";
  private static final int BEGINNING = 4;
  private static final int TEST_STEP = 5;

  /**
   * Words to learn from, and words to test with.
   *
   * @param training four fifths
   * @param test the rest
   */
  record Parts(Words training, Words test) {}

  /**
   * The words that come with the program. Words that begin alike, with the same four letters, are
   * often forms of one: they stay together, so that none is tested whose like was learned. Every
   * fifth of these families is for the test.
   *
   * @throws DataException if the program was packed without them
   */
  static Parts load() {
    Words training = new Words(new ArrayList<>(), new ArrayList<>());
    Words test = new Words(new ArrayList<>(), new ArrayList<>());
    for (int language = 0; language < LANGUAGES.size(); language++) {
      int family = -1;
      String before = "";
      for (String word : read(LANGUAGES.get(language))) {
        String beginning = word.substring(0, Math.min(BEGINNING, word.length()));
        if (!beginning.equals(before)) {
          family++;
          before = beginning;
        }
        Words part = family % TEST_STEP == 0 ? test : training;
        part.words.add(word);
        part.languages.add(language);
      }
    }
    return new Parts(training, test);
  }

  /** The words of a language, in alphabetical order. */
  static List<String> read(String language) {
    String resource = FOLDER + language + ".txt";
    try (InputStream in = Words.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new DataException(resource, "no such resource; expected words, one on a line");
      }
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new DataException(resource, "cannot be read: " + e.getMessage(), e);
    }
  }

  /** How many words there are. */
  int size() {
    return words.size();
  }

  /** The words as numbers of letters, {@code [size, 16]}, and their languages. */
  Dataset dataset() {
    int[] labels = languages.stream().mapToInt(Integer::intValue).toArray();
    return new Dataset(Letters.numbers(words, LONGEST), Indices.of(labels), LANGUAGES.size());
  }
}
