package dev.descent.nn.search;

import dev.descent.core.kernel.Machine;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Split;
import dev.descent.nn.train.TrainingException;
import dev.descent.optim.setting.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tries each candidate on each split of the data, several at a time.
 *
 * <pre>{@code
 * Ranking<Settings> ranking =
 *     new Search<>(Folds.stratified(digits, 5, 1), (Settings settings, Split<Examples<Indices>> data) -> {
 *           Layer model = network(settings);
 *           Optimizer optimizer = new Optimizer(model.parameters(), new Adam(), settings.learningRate());
 *           Trainer<Indices> trainer = new Trainer<>(model, new CrossEntropy(), optimizer, 1);
 *           trainer.fit(DataLoader.shuffled(data.training(), 32, 1), null, 10);
 *           return trainer.evaluate(data.validation()).loss();
 *         })
 *         .among(grid);
 * }</pre>
 *
 * <p>One split is a plain search, several are cross-validation. The ranking does not depend on how
 * many trials run at a time, nor on which ends first. The best settings are then trained with all
 * of the data, and judged by data that no trial has seen.
 *
 * @param <C> what a candidate is
 * @param <T> what predictions are compared with
 */
public final class Search<C, T> {
  private final List<Split<Examples<T>>> splits;
  private final Trial<C, T> trial;
  private final int threads;

  /**
   * A search with as many trials at a time as kernels have threads.
   *
   * @param splits at least one; {@link Folds} makes them
   * @param trial how a candidate is tried
   */
  public Search(List<Split<Examples<T>>> splits, Trial<C, T> trial) {
    this(splits, trial, Machine.threads());
  }

  /**
   * A search.
   *
   * @param splits at least one
   * @param trial how a candidate is tried
   * @param threads how many trials run at a time, at least 1
   * @throws IllegalArgumentException if there is no split, or no thread
   */
  public Search(List<Split<Examples<T>>> splits, Trial<C, T> trial, int threads) {
    Check.check(!splits.isEmpty(), "the number of splits", 0, "at least one");
    Check.steps("threads", threads);
    this.splits = List.copyOf(splits);
    this.trial = trial;
    this.threads = threads;
  }

  /**
   * Tries them all.
   *
   * @throws RuntimeException what a trial throws, other than {@link TrainingException}; trials that
   *     have not begun are left out then
   * @throws CancellationException if this thread is interrupted
   */
  public Ranking<C> among(Candidates<C> candidates) {
    AtomicBoolean failed = new AtomicBoolean();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<List<Future<Double>>> trials = new ArrayList<>();
      for (C candidate : candidates.all()) {
        trials.add(
            splits.stream()
                .map(split -> executor.submit(() -> loss(candidate, split, failed)))
                .toList());
      }
      try {
        List<Ranking.Result<C>> results = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
          results.add(new Ranking.Result<>(candidates.all().get(i), values(trials.get(i))));
        }
        return new Ranking<>(results);
      } finally {
        executor.shutdownNow(); // nothing is left to do, or nothing is worth doing
      }
    }
  }

  /** A trial, unless another one has failed: that one began earlier, so it is found earlier. */
  private double loss(C candidate, Split<Examples<T>> split, AtomicBoolean failed) {
    if (failed.get()) {
      throw new CancellationException("another trial has failed");
    }
    try {
      return trial.of(candidate, split);
    } catch (TrainingException e) {
      return Double.NaN;
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    }
  }

  private static List<Double> values(List<Future<Double>> trials) {
    List<Double> values = new ArrayList<>();
    for (Future<Double> trial : trials) {
      try {
        values.add(trial.get());
      } catch (ExecutionException e) {
        throw switch (e.getCause()) {
          case RuntimeException exception -> exception;
          case Error error -> throw error;
          case null, default -> new IllegalStateException("a trial failed", e);
        };
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("the search was interrupted");
      }
    }
    return values;
  }
}
