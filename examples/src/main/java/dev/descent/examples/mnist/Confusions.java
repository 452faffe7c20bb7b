package dev.descent.examples.mnist;

import dev.descent.nn.metric.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;

/** Draws which classes are taken for which. */
final class Confusions {
  private Confusions() {}

  /** A line for each digit: how often it was read as which, and which part of it right. */
  static List<String> lines(ConfusionMatrix confusion) {
    List<String> lines = new ArrayList<>();
    StringBuilder header = new StringBuilder("digit ");
    for (int digit = 0; digit < confusion.classes(); digit++) {
      header.append("%6s".formatted("as " + digit));
    }
    lines.add("");
    lines.add(header + "     right");
    for (int digit = 0; digit < confusion.classes(); digit++) {
      StringBuilder row = new StringBuilder("%5d ".formatted(digit));
      for (int read = 0; read < confusion.classes(); read++) {
        long count = confusion.count(digit, read);
        row.append("%6s".formatted(count == 0 ? "." : Long.toString(count)));
      }
      lines.add("%s  %6.2f %%".formatted(row, 100 * confusion.accuracy(digit)));
    }
    return lines;
  }
}
