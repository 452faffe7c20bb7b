package dev.descent.nn.search;

import java.util.Comparator;
import java.util.List;

/**
 * Candidates and what their trials came to.
 *
 * @param all the best first, equally good ones in the order of the {@link Candidates}; at least one
 * @param <C> what a candidate is
 */
public record Ranking<C>(List<Result<C>> all) {
  /** Sorts by the mean. */
  public Ranking {
    all = all.stream().sorted(Comparator.comparingDouble(Result::mean)).toList();
  }

  /**
   * What the trials of a candidate came to.
   *
   * @param candidate the settings
   * @param losses one for each split of the data; NaN where training failed
   */
  public record Result<C>(C candidate, List<Double> losses) {
    /** Keeps a copy of the list. */
    public Result {
      losses = List.copyOf(losses);
    }

    /** The mean over the splits; NaN if one is. */
    public double mean() {
      return losses.stream().mapToDouble(Double::doubleValue).sum() / losses.size();
    }

    /** The standard deviation over the splits, as of a sample; NaN if there is but one. */
    public double deviation() {
      double mean = mean();
      double squares = losses.stream().mapToDouble(loss -> (loss - mean) * (loss - mean)).sum();
      return Math.sqrt(squares / (losses.size() - 1));
    }
  }

  /**
   * The candidate of the least mean.
   *
   * @throws IllegalStateException if the trials of every candidate failed
   */
  public C best() {
    Result<C> first = all.getFirst();
    if (Double.isNaN(first.mean())) {
      throw new IllegalStateException(
          "no candidate is the best: a trial of each of the %d failed".formatted(all.size()));
    }
    return first.candidate();
  }
}
