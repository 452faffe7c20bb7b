package dev.descent.examples.policy;

import dev.descent.examples.report.Chart;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the episodes came to, first to last: how many steps each took. */
final class Returns {
  /** As many are looked at. */
  static final int RECENT = 100;

  /** As Gymnasium has it: the task is solved when the last 100 episodes come to this on average. */
  static final double SOLVED = 475;

  private final List<Integer> all = new ArrayList<>();
  private volatile double recentMean; // the thread that draws a bar asks for it, too

  void add(List<Integer> lengths) {
    all.addAll(lengths);
    recentMean = recentMean(all.size());
  }

  int count() {
    return all.size();
  }

  /** The mean of the last 100, or of all where there are not so many yet. */
  double recentMean() {
    return recentMean;
  }

  private double recentMean(int count) {
    return all.subList(Math.max(0, count - RECENT), count).stream()
        .mapToInt(Integer::intValue)
        .average()
        .orElseThrow();
  }

  boolean areSolved() {
    return all.size() >= RECENT && recentMean >= SOLVED;
  }

  BufferedImage draw() {
    List<Integer> numbers = IntStream.rangeClosed(1, all.size()).boxed().toList();
    return new Chart("Balancing a pole", "episode", "return")
        .points("each episode", numbers, all)
        .curve("mean of the last 100", numbers, numbers.stream().map(this::recentMean).toList())
        .curve("solved", List.of(1, all.size()), List.of(SOLVED, SOLVED))
        .draw();
  }
}
