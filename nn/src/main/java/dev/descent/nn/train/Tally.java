package dev.descent.nn.train;

import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a running epoch has come to so far, and its clock.
 *
 * @param <T> what predictions are compared with
 */
final class Tally<T> {
  private final int number;
  private final int epochs;
  private final int ofExamples;
  private final Measurement<T> measurement;
  private long nanoseconds;
  private long resumed;

  Tally(int number, int epochs, DataLoader<T> training, Measures<T> measures) {
    this.number = number;
    this.epochs = epochs;
    ofExamples = training.examples();
    measurement = new Measurement<>(measures);
  }

  int number() {
    return number;
  }

  /** Counts a batch and what the model made of it. */
  void add(Batch<T> batch, Tensor predictions, float loss) {
    measurement.add(batch, predictions, loss);
  }

  /** Starts the clock. */
  void resume() {
    resumed = System.nanoTime();
  }

  /** Stops the clock. */
  void pause() {
    nanoseconds += System.nanoTime() - resumed;
  }

  Progress progress() {
    return new Progress(
        number,
        epochs,
        measurement.examples(),
        ofExamples,
        seconds(),
        measurement.loss(),
        measurement.values());
  }

  Epoch epoch(@Nullable Evaluation validation) {
    return new Epoch(
        number, measurement.examples(), seconds(), measurement.evaluation(), validation);
  }

  private double seconds() {
    return nanoseconds / 1e9;
  }
}
