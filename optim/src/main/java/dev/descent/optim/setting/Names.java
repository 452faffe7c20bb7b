package dev.descent.optim.setting;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;

/** Names that people type. */
public final class Names {
  private Names() {}

  /** From this many letters on, a word may stand for a longer one that it is part of. */
  private static final int TELLING = 3;

  /**
   * The known name that a word was most likely meant to be: the shortest that contains it, or else
   * the one that fewest changes lead to. Case does not count.
   *
   * @param known at least one
   */
  public static String nearest(String word, Collection<String> known) {
    String wanted = lower(word);
    return known.stream()
        .filter(name -> wanted.length() >= TELLING && lower(name).contains(wanted))
        .min(Comparator.comparingInt(String::length))
        .orElseGet(() ->
            Collections.min(known, Comparator.comparingInt(name -> distance(wanted, lower(name)))));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * How many letters must be inserted, removed, replaced or swapped with their neighbours (optimal
   * string alignment): swapping is what fingers do.
   */
  private static int distance(String word, String name) {
    int[][] least = new int[word.length() + 1][name.length() + 1];
    for (int i = 0; i <= word.length(); i++) {
      for (int j = 0; j <= name.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int replaced = least[i - 1][j - 1] + (word.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        least[i][j] = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
        if (i > 1
            && j > 1
            && word.charAt(i - 1) == name.charAt(j - 2)
            && word.charAt(i - 2) == name.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], 1 + least[i - 2][j - 2]);
        }
      }
    }
    return least[word.length()][name.length()];
  }
}
