package dev.descent.examples.recommend;

import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.TensorDataset;
import dev.descent.nn.loss.MeanSquaredError;
import dev.descent.nn.train.Trainer;
import dev.descent.nn.train.TrainingException;
import dev.descent.optim.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A model that learns, with the loss of each step and the time that it took. */
final class Training {
  private final Factors model;
  private final Optimizer optimizer;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();

  Training(Factors model, Optimizer optimizer) {
    this.model = model;
    this.optimizer = optimizer;
  }

  /**
   * Takes a step.
   *
   * @return the mean squared error before it
   * @throws TrainingException if that is no longer a finite number
   */
  double step(Batch<Tensor> batch) {
    long start = System.nanoTime();
    Tensor loss = new MeanSquaredError().of(model.forward(batch.inputs()), batch.targets());
    optimizer.clearGradients();
    loss.backward();
    optimizer.step();
    seconds.add((System.nanoTime() - start) / 1e9);
    losses.add((double) loss.item());
    if (!Double.isFinite(losses.getLast())) {
      throw new TrainingException(
          "loss is %s at step %d: the learning rate is likely too large"
              .formatted(losses.getLast(), losses.size()));
    }
    return losses.getLast();
  }

  Factors model() {
    return model;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** The mean squared errors of the steps, first to last. */
  List<Double> losses() {
    return Collections.unmodifiableList(losses);
  }

  /** How long a step takes, the median: the first ones are compiled, some are interrupted. */
  double secondsPerStep() {
    return seconds.stream().sorted().toList().get(seconds.size() / 2);
  }

  /** How long each step took. */
  List<Double> seconds() {
    return Collections.unmodifiableList(seconds);
  }

  /** The root of the mean squared error. */
  double error(TensorDataset data) {
    Trainer<Tensor> trainer = new Trainer<>(model, new MeanSquaredError(), optimizer, 0);
    return Math.sqrt(trainer.evaluate(data).loss());
  }

  /** In how many steps both had the same loss, bit for bit. */
  int stepsLike(Training other) {
    int equal = 0;
    for (int i = 0; i < losses.size(); i++) {
      equal += losses.get(i).equals(other.losses.get(i)) ? 1 : 0;
    }
    return equal;
  }
}
