package dev.descent.examples.search;

import dev.descent.core.random.RandomStream;
import dev.descent.examples.cli.Numbers;
import dev.descent.nn.search.Candidates;
import dev.descent.nn.search.Draw;
import dev.descent.optim.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Among which settings is searched, and how. */
final class SpaceOptions {
  /** Learning rates in the grid, as multiples of what a rule has by itself. */
  private static final double[] GRID = {0.1, 0.3, 1, 3, 10};

  /** Learning rates that are drawn lie between these multiples. */
  private static final double LEAST = 0.1;

  private static final double MOST = 30;

  @Option(
      names = "--trials",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Settings to draw at random. Default: ${DEFAULT-VALUE}.")
  private int trials = 24;

  @Option(
      names = "--grid",
      description =
          "Try all combinations instead: each rule with 0.1, 0.3, 1, 3 and 10 times its own"
              + " learning rate and each batch size.")
  private boolean grid;

  @Option(
      names = "--rules",
      paramLabel = "RULES",
      split = ",",
      description = "The rules to choose from. Default: ${DEFAULT-VALUE}.")
  private List<String> rules = List.of("sgd", "momentum", "adagrad", "rmsprop", "adam");

  @Option(
      names = "--batch-sizes",
      paramLabel = "NUMBERS",
      split = ",",
      converter = Numbers.Count.class,
      description = "The batch sizes to choose from. Default: ${DEFAULT-VALUE}.")
  private List<Integer> batchSizes = List.of(32, 64, 128);

  /** The rules to choose from. */
  List<String> rules() {
    return rules;
  }

  /** Leaves no choice of rule. */
  void only(String rule) {
    rules = List.of(rule);
  }

  /** The settings to try. */
  Candidates<Settings> candidates(long seed) {
    return grid ? new Candidates<>(combinations()) : Candidates.drawn(trials, seed, this::draw);
  }

  private List<Settings> combinations() {
    List<Settings> all = new ArrayList<>();
    for (String rule : rules) {
      for (double times : GRID) {
        batchSizes.forEach(size -> all.add(new Settings(rule, rate(rule, times), size)));
      }
    }
    return all;
  }

  /** Learning rates by their order of magnitude, around the rule's own. */
  private Settings draw(RandomStream random) {
    String rule = rules.get(random.nextInt(rules.size()));
    double rate = rate(rule, Draw.logUniform(random, LEAST, MOST));
    return new Settings(rule, rate, batchSizes.get(random.nextInt(batchSizes.size())));
  }

  /** A multiple of a rule's own rate, with as many digits as people would write. */
  private static double rate(String rule, double times) {
    return Double.parseDouble(
        "%.1e".formatted(times * Rules.choose(rule, Map.of()).learningRate()));
  }
}
