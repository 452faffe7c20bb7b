package dev.descent.examples.mnist;

import dev.descent.examples.cli.Numbers;
import dev.descent.nn.checkpoint.AtomicFile;
import dev.descent.nn.checkpoint.CheckpointEachEpoch;
import dev.descent.nn.checkpoint.TrainingState;
import dev.descent.nn.checkpoint.Weights;
import dev.descent.nn.data.DataException;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Epoch;
import dev.descent.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run leaves in files, and what it goes on from. */
final class CheckpointOptions {
  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Write the trained weights to a safetensors file, which PyTorch reads, too. Where the"
              + " rule averages weights, the averages.")
  private @Nullable Path save;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Write all that --resume needs to a safetensors file, after each epoch.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--resume",
      paramLabel = "FILE",
      description =
          "Go on from a checkpoint, with the same options as the run that wrote it, to the same"
              + " weights as if it had never ended.")
  private @Nullable Path resume;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "End after epoch N of --epochs, to go on another time.")
  private @Nullable Integer stopAfter;

  private @Nullable TrainingState before;

  /**
   * Reads the checkpoint, and says what cannot be written, before anything takes time.
   *
   * @throws DataException if a file cannot be read or written
   */
  void begin() {
    for (Path file : new Path[] {save, checkpoint}) {
      if (file != null) {
        AtomicFile.check(file);
      }
    }
    if (resume != null) {
      before = TrainingState.read(resume);
    }
  }

  /** Whether the settings of the run matter to a file. */
  boolean needSettings() {
    return checkpoint != null || resume != null;
  }

  /** The last epoch to run, of those planned. */
  int lastEpoch(int epochs) {
    return stopAfter == null ? epochs : Math.min(stopAfter, epochs);
  }

  /**
   * Puts the run where the checkpoint's was.
   *
   * @return the epochs before
   * @throws DataException if the settings are others, or there is nothing left to do
   */
  List<Epoch> restore(
      Layer model, Optimizer optimizer, SequencedMap<String, String> settings, int epochs) {
    if (before == null) {
      return List.of();
    }
    before.checkSettings(settings);
    if (before.epochs().size() >= lastEpoch(epochs)) {
      throw new DataException(
          before.source(),
          "the run has had %d epochs; expected fewer than the %d that are asked for"
              .formatted(before.epochs().size(), lastEpoch(epochs)));
    }
    before.restore(model, optimizer);
    return before.epochs();
  }

  /** What is to be called after each epoch, last of all. */
  List<Callback> callbacks(
      Layer model, Optimizer optimizer, List<Epoch> epochs, SequencedMap<String, String> settings) {
    List<Callback> callbacks = new ArrayList<>();
    if (checkpoint != null) {
      callbacks.add(new CheckpointEachEpoch(checkpoint, model, optimizer, epochs, settings));
    }
    return callbacks;
  }

  /** Saves the weights, if that is asked for. */
  void save(Layer model, Optimizer optimizer) {
    if (save != null) {
      try (Optimizer.Averaged _ = optimizer.averaged()) {
        Weights.save(model, save);
      }
    }
  }
}
