package dev.descent.examples.cli;

import java.util.ArrayList;
import java.util.List;

/** Text that fits the terminal. */
public final class Text {
  private Text() {}

  /**
   * Breaks a text at spaces into lines that are short enough. A word that is longer than a line
   * gets one of its own.
   *
   * @param text words with single spaces between them
   * @param columns how long a line may be, with its indent
   * @param first what the first line begins with
   * @param rest what the other lines begin with
   */
  public static List<String> wrap(String text, int columns, String first, String rest) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > columns) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(rest);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
