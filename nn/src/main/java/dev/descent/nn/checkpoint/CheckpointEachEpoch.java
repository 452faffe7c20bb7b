package dev.descent.nn.checkpoint;

import dev.descent.nn.layer.Layer;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Epoch;
import dev.descent.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes the {@link TrainingState} to a file after each epoch. To be the last callback: what others
 * do after an epoch, such as telling a schedule the loss, is to be in the file.
 */
public final class CheckpointEachEpoch implements Callback {
  private final Path file;
  private final Layer model;
  private final Optimizer optimizer;
  private final List<Epoch> epochs;
  private final SequencedMap<String, String> settings;

  /**
   * A callback for one training run.
   *
   * @param file what is replaced after each epoch
   * @param model what is trained
   * @param optimizer what trains it
   * @param before the epochs before, where the run goes on from an earlier one
   * @param settings what the run is made with
   */
  public CheckpointEachEpoch(
      Path file,
      Layer model,
      Optimizer optimizer,
      List<Epoch> before,
      SequencedMap<String, String> settings) {
    this.file = file;
    this.model = model;
    this.optimizer = optimizer;
    this.epochs = new ArrayList<>(before);
    this.settings = settings;
  }

  @Override
  public Next afterEpoch(Epoch epoch) {
    epochs.add(epoch);
    TrainingState.of(model, optimizer, epochs, settings).write(file);
    return Next.CONTINUE;
  }
}
