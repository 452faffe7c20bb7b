package dev.descent.nn.train;

import dev.descent.nn.layer.Layer;
import dev.descent.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the model of the best epoch in memory, and brings it back after training:
 *
 * <pre>{@code
 * BestModel best = new BestModel(model, optimizer);
 * new Trainer<>(model, loss, optimizer, seed, new EarlyStopping(5), best)
 *     .fit(training, validation, 100);
 * best.restore();
 * }</pre>
 *
 * <p>Where a rule averages the places it visits, the average is kept: it is what was validated. For
 * one training run.
 */
public final class BestModel implements Callback {
  private final Layer model;
  private final Optimizer optimizer;
  private final Monitor monitor;
  private final Best best = new Best(0);
  private @Nullable Snapshot snapshot;
  private @Nullable Epoch epoch;

  /** The best is that of the least validation loss. */
  public BestModel(Layer model, Optimizer optimizer) {
    this(model, optimizer, Monitor.VALIDATION_LOSS);
  }

  /**
   * The best is what you say.
   *
   * @param model what is trained
   * @param optimizer what trains it
   * @param monitor a number of which less is better; the first of several equal ones counts
   */
  public BestModel(Layer model, Optimizer optimizer, Monitor monitor) {
    this.model = model;
    this.optimizer = optimizer;
    this.monitor = monitor;
  }

  @Override
  public Next afterEpoch(Epoch now) {
    if (best.improves(monitor.of(now))) {
      epoch = now;
      try (Optimizer.Averaged _ = optimizer.averaged()) {
        snapshot = Snapshot.of(model);
      }
    }
    return Next.CONTINUE;
  }

  /**
   * Makes the model what it was after the best epoch.
   *
   * @return that epoch
   * @throws IllegalStateException if there was none: no epoch at all, or only NaN
   */
  public Epoch restore() {
    if (snapshot == null || epoch == null) {
      throw new IllegalStateException("no epoch was the best; expected training with a number");
    }
    snapshot.restore();
    return epoch;
  }
}
