package dev.descent.nn.train;

import dev.descent.optim.setting.Check;

/**
 * Ends training when it makes no progress any more: when what is watched has not improved for
 * {@code patience} epochs in a row. For one training run.
 *
 * <p>The model is left as it is then, some epochs after its best; {@link BestModel} brings that
 * back.
 */
public final class EarlyStopping implements Callback {
  private final Monitor monitor;
  private final int patience;
  private final Best best;
  private int waited;

  /** Watches the loss of the validation data. */
  public EarlyStopping(int patience) {
    this(Monitor.VALIDATION_LOSS, patience, 0);
  }

  /**
   * Watches what you say.
   *
   * @param monitor a number of which less is better; NaN is no progress
   * @param patience how many epochs in a row without progress end the training; 1 or more
   * @param minDelta by more than how much a number must be below the best to be better; finite, 0
   *     or greater
   * @throws IllegalArgumentException if one is out of range
   */
  public EarlyStopping(Monitor monitor, int patience, double minDelta) {
    Check.steps("patience", patience);
    Check.notNegative("minDelta", minDelta);
    this.monitor = monitor;
    this.patience = patience;
    best = new Best(minDelta);
  }

  @Override
  public Next afterEpoch(Epoch epoch) {
    waited = best.improves(monitor.of(epoch)) ? 0 : waited + 1;
    return waited >= patience ? Next.STOP : Next.CONTINUE;
  }
}
