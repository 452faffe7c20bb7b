package dev.descent.examples.search;

import dev.descent.examples.report.Chart;
import dev.descent.nn.search.Ranking;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Draws how well settings did by their learning rates. */
final class RankingChart {
  private RankingChart() {}

  /** The points of one rule. */
  private record Points(List<Double> rates, List<Double> accuracies) {}

  static BufferedImage draw(Ranking<Settings> ranking) {
    SequencedMap<String, Points> rules = new TreeMap<>();
    for (Ranking.Result<Settings> result : ranking.all()) {
      if (!Double.isNaN(result.mean())) {
        Settings settings = result.candidate();
        Points points =
            rules.computeIfAbsent(
                settings.rule(), _ -> new Points(new ArrayList<>(), new ArrayList<>()));
        points.rates.add(Math.log10(settings.learningRate()));
        points.accuracies.add(100 * (1 - result.mean()));
      }
    }
    Chart chart =
        new Chart("Settings", "learning rate, power of ten", "validation accuracy in percent");
    rules.forEach((rule, points) -> chart.points(rule, points.rates, points.accuracies));
    return chart.draw();
  }
}
