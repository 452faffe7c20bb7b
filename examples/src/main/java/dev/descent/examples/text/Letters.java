package dev.descent.examples.text;

import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Words as a network sees them: the letters a to z as the numbers 1 to 26, without accents. */
final class Letters {
  /** How many letters there are. */
  static final int COUNT = 26;

  /** What fills a word up to the length of others. */
  static final int PADDING = 0;

  private Letters() {}

  /**
   * A text in small letters without accents: {@code Ærø straße} is {@code aero strasse}. What is
   * not of the Latin script stays as it is.
   */
  static String fold(String text) {
    return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replace("ß", "ss")
        .replace("æ", "ae")
        .replace("œ", "oe")
        .replace("ø", "o")
        .replace("ł", "l")
        .replace("đ", "d")
        .replace("ı", "i");
  }

  /**
   * The numbers of the letters of some words, {@code [words, longest]}, filled up with {@link
   * #PADDING}.
   *
   * @param words of the letters a to z
   * @param longest at least the length of the longest word
   */
  static Tensor numbers(List<String> words, int longest) {
    float[] numbers = new float[words.size() * longest];
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      for (int j = 0; j < word.length(); j++) {
        numbers[i * longest + j] = number(word.charAt(j));
      }
    }
    return Tensor.of(Shape.of(words.size(), longest), numbers);
  }

  /** The number of a letter, 1 to 26. */
  static int number(char letter) {
    return letter - 'a' + 1;
  }
}
