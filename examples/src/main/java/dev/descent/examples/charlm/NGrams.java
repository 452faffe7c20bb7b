package dev.descent.examples.charlm;

import java.util.HashMap;
import java.util.Map;

/**
 * Foretells characters by counting which ones followed the last few: an interpolated n-gram model
 * with the smoothing of Witten and Bell (1991, "The Zero-Frequency Problem", method C).
 *
 * <pre>
 * p(c | h) = (times c followed h + kinds after h p(c | h without its first)) / (times h + kinds)
 * </pre>
 *
 * <p>where kinds is how many different characters followed h, and without any history all
 * characters are alike.
 */
final class NGrams {
  private final int characters;
  private final Map<Long, Integer> times = new HashMap<>();
  private final Map<Long, int[]> histories = new HashMap<>();

  /**
   * Counts.
   *
   * @param order how many characters it looks at together, from 1 to 8, with the one to be foretold
   * @param characters how many there are, at most 127
   * @param text the numbers of the characters
   */
  NGrams(int order, int characters, int... text) {
    this.characters = characters;
    for (int n = 1; n <= order; n++) {
      for (int i = n - 1; i < text.length; i++) {
        int[] history = histories.computeIfAbsent(key(text, i - n + 1, i), _ -> new int[2]);
        int before = times.merge(key(text, i - n + 1, i + 1), 1, Integer::sum);
        history[0]++;
        history[1] += before == 1 ? 1 : 0;
      }
    }
  }

  /** Some characters in a row as one number; as many characters, other numbers. */
  private static long key(int[] text, int from, int to) {
    long key = 1;
    for (int i = from; i < to; i++) {
      key = key << 7 | text[i];
    }
    return key;
  }

  /**
   * The bits per character that it takes to tell a text to somebody who has counted the same: the
   * mean of {@code -log2 p}.
   *
   * @param n how many characters to look at together, at most the order
   * @param text the numbers of its characters
   */
  double bitsPerCharacter(int n, int... text) {
    double bits = 0;
    for (int i = 0; i < text.length; i++) {
      double p = 1.0 / characters;
      for (int length = 1; length <= Math.min(n, i + 1); length++) {
        int[] history = histories.get(key(text, i - length + 1, i));
        if (history != null) {
          int followed = times.getOrDefault(key(text, i - length + 1, i + 1), 0);
          p = (followed + history[1] * p) / (history[0] + history[1]);
        }
      }
      bits -= Math.log(p) / Math.log(2);
    }
    return bits / text.length;
  }
}
