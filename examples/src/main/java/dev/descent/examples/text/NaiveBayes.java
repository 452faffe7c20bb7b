package dev.descent.examples.text;

import java.util.Arrays;

/**
 * Tells languages apart by counting: how likely is each letter of a word after those before it?
 *
 * <pre>
 * log p(language | word) = log p(language) + sum of log p(letter | letters before, language) + ...
 * p(letter | letters before) = (times it followed them + 1) / (times they were there + 27)
 * </pre>
 *
 * <p>where the end of a word is a letter, too, for orders above 1.
 */
final class NaiveBayes {
  private static final int SYMBOLS = Letters.COUNT + 1;
  private static final int EDGE = 0;

  private final int order;
  private final int[][] counts;
  private final int[][] contexts;
  private final int[] words;

  /**
   * Counts.
   *
   * @param order how many letters it looks at together: 1 for each alone, 2 for pairs
   * @param training what to count
   * @param languages how many there are
   */
  NaiveBayes(int order, Words training, int languages) {
    this.order = order;
    int length = 1;
    for (int i = 1; i < order; i++) {
      length *= SYMBOLS;
    }
    counts = new int[languages][length * SYMBOLS];
    contexts = new int[languages][length];
    words = new int[languages];
    for (int i = 0; i < training.size(); i++) {
      int language = training.languages().get(i);
      words[language]++;
      for (int gram : grams(training.words().get(i))) {
        counts[language][gram]++;
        contexts[language][gram / SYMBOLS]++;
      }
    }
  }

  /** The letters of a word, each with those before it, as one number. */
  private int[] grams(String word) {
    int size = order == 1 ? word.length() : word.length() + 1;
    int[] grams = new int[size];
    int gram = EDGE;
    for (int i = 0; i < size; i++) {
      int symbol = i < word.length() ? Letters.number(word.charAt(i)) : EDGE;
      gram = gram % contexts[0].length * SYMBOLS + symbol;
      grams[i] = gram;
    }
    return grams;
  }

  /** The language that is most likely. */
  int read(String word) {
    int[] grams = grams(word);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int language = 0; language < words.length; language++) {
      double likelihood = StrictMath.log((double) words[language] / Arrays.stream(words).sum());
      for (int gram : grams) {
        double times = counts[language][gram] + 1;
        likelihood += StrictMath.log(times / (contexts[language][gram / SYMBOLS] + SYMBOLS));
      }
      if (likelihood > most) {
        best = language;
        most = likelihood;
      }
    }
    return best;
  }

  /** Which part of some words it reads right. */
  double accuracy(Words test) {
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += read(test.words().get(i)) == test.languages().get(i) ? 1 : 0;
    }
    return (double) right / test.size();
  }
}
