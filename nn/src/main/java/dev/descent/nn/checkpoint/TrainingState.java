package dev.descent.nn.checkpoint;

import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.DataException;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.train.Epoch;
import dev.descent.optim.Optimizer;
import dev.descent.optim.OptimizerState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * All that a training run needs to go on exactly where it was, as a value and as a safetensors
 * file: the model's tensors as {@code model.NAME}, the optimizer's state as {@code optimizer.…},
 * the epochs as {@code history.…}, and settings as texts.
 *
 * <p>Random streams have no state to keep: they are keyed by the seed and by the numbers of epoch
 * and step, which are here. So are schedules, except for what {@link
 * dev.descent.optim.schedule.Learned} says.
 *
 * @param source the file, or whatever names the state in error messages
 * @param model the parameters and buffers by name
 * @param optimizer what the optimizer remembers
 * @param epochs the epochs so far, first to last
 * @param settings what the run was made with, as texts by name, to be compared
 */
public record TrainingState(
    String source,
    SequencedMap<String, Tensor> model,
    OptimizerState optimizer,
    List<Epoch> epochs,
    SequencedMap<String, String> settings) {
  private static final String MODEL = "model.";
  private static final String SETTING = "setting.";
  private static final String VERSION = "descent.training_state";
  private static final String THIS_VERSION = "1";

  /** Copies the lists and maps. */
  public TrainingState {
    model = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(model));
    epochs = List.copyOf(epochs);
    settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
  }

  /** The state of a run between two epochs. Its numbers are copied. */
  public static TrainingState of(
      Layer model, Optimizer optimizer, List<Epoch> epochs, SequencedMap<String, String> settings) {
    SequencedMap<String, Tensor> copies = new LinkedHashMap<>();
    Weights.of(model)
        .forEach((name, tensor) -> copies.put(name, Tensor.of(tensor.shape(), tensor.toArray())));
    return new TrainingState("this run", copies, optimizer.state(), epochs, settings);
  }

  /**
   * Writes the file, as a whole or not at all: see {@link AtomicFile}.
   *
   * @throws DataException if it cannot be written
   */
  public void write(Path file) {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.putMetadata(VERSION, THIS_VERSION);
    settings.forEach((name, value) -> writer.putMetadata(SETTING + name, value));
    writer.putAll(MODEL, model);
    OptimizerTensors.write(optimizer, writer);
    HistoryTensors.write(epochs, writer);
    writer.write(file);
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws DataException if the file cannot be read, or is not one of these
   */
  public static TrainingState read(Path file) {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      return read(reader);
    }
  }

  /**
   * The same from a file that is open, or in memory.
   *
   * @throws DataException as from a file
   */
  public static TrainingState read(SafeTensorsReader reader) {
    String version = reader.metadata().get(VERSION);
    if (!THIS_VERSION.equals(version)) {
      throw new DataException(
          reader.source(),
          "%s is %s; expected %s, as in a checkpoint of a training run"
              .formatted(VERSION, Objects.requireNonNullElse(version, "missing"), THIS_VERSION));
    }
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    reader
        .metadata()
        .forEach((name, value) -> {
          if (name.startsWith(SETTING)) {
            settings.put(name.substring(SETTING.length()), value);
          }
        });
    return new TrainingState(
        reader.source(),
        OptimizerTensors.tensors(MODEL, reader),
        OptimizerTensors.read(reader),
        HistoryTensors.read(reader),
        settings);
  }

  /**
   * Compares the settings with those of the run that is to go on.
   *
   * @throws DataException if any differ; the message names all of them, with both values
   */
  public void checkSettings(Map<String, String> expected) {
    List<String> mine = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    SequencedMap<String, String> all = new LinkedHashMap<>(settings);
    expected.forEach(all::putIfAbsent);
    for (String name : all.keySet()) {
      if (!Objects.equals(settings.get(name), expected.get(name))) {
        mine.add(name + " " + settings.getOrDefault(name, "not set"));
        theirs.add(name + " " + expected.getOrDefault(name, "not set"));
      }
    }
    if (!mine.isEmpty()) {
      throw new DataException(
          source,
          "the run had %s; expected %s, as now"
              .formatted(String.join(", ", mine), String.join(", ", theirs)));
    }
  }

  /**
   * Puts a model and its optimizer where this state's were.
   *
   * @param optimizer of the model's parameters, with the same rules, schedules and stages
   * @throws DataException if they are not alike: the message says what is missing, left over, or
   *     different; nothing has changed then
   */
  public void restore(Layer model, Optimizer optimizer) {
    Weights.check(model, this.model, source);
    try {
      optimizer.restore(this.optimizer);
    } catch (IllegalArgumentException e) {
      throw new DataException(source, String.valueOf(e.getMessage()), e);
    }
    Weights.replace(model, this.model, source);
  }
}
