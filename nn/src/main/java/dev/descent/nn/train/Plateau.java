package dev.descent.nn.train;

import dev.descent.optim.schedule.ReduceOnPlateau;

/**
 * Tells a schedule after each epoch how training goes, so that it lowers the learning rate when
 * there is no progress.
 *
 * @param schedule the learning rate of the run
 * @param monitor a number of which less is better
 */
public record Plateau(ReduceOnPlateau.Run schedule, Monitor monitor) implements Callback {
  /** Watches the loss of the validation data. */
  public Plateau(ReduceOnPlateau.Run schedule) {
    this(schedule, Monitor.VALIDATION_LOSS);
  }

  @Override
  public Next afterEpoch(Epoch epoch) {
    schedule.observe(monitor.of(epoch));
    return Next.CONTINUE;
  }
}
