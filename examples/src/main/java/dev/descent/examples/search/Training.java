package dev.descent.examples.search;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Indices;
import dev.descent.examples.cli.RunOptions;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Examples;
import dev.descent.nn.data.Mnist;
import dev.descent.nn.layer.Activation;
import dev.descent.nn.layer.Dropout;
import dev.descent.nn.layer.Flatten;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Linear;
import dev.descent.nn.layer.Sequential;
import dev.descent.nn.loss.CrossEntropy;
import dev.descent.nn.metric.Accuracy;
import dev.descent.nn.train.Callback;
import dev.descent.nn.train.Evaluation;
import dev.descent.nn.train.Trainer;
import dev.descent.optim.Optimizer;

/** How settings are put to use: the network, and its training. */
final class Training {
  static final String NETWORK = "784-128-10, relu, dropout 0.2";

  private static final int HIDDEN = 128;
  private static final float DROPOUT = 0.2f;

  private final Layer model;
  private final Optimizer optimizer;
  private final Trainer<Indices> trainer;
  private final DataLoader<Indices> batches;
  private final int epochs;

  /**
   * A network that has learned nothing yet.
   *
   * @param run the seed, and what goes around the rule
   * @param settings how it learns
   * @param images what it learns from
   * @param epochs how long
   * @param callbacks are called along the way
   */
  Training(
      RunOptions run,
      Settings settings,
      Examples<Indices> images,
      int epochs,
      Callback... callbacks) {
    RandomStream random = RandomStream.of(run.seed(), "initialization");
    this.epochs = epochs;
    model =
        Sequential.of(
            new Flatten(),
            Linear.of(Mnist.SIDE * Mnist.SIDE, HIDDEN, random),
            Activation.RELU,
            new Dropout(DROPOUT),
            Linear.of(HIDDEN, Mnist.CLASSES, random));
    batches = DataLoader.shuffled(images, settings.batchSize(), run.seed());
    optimizer =
        run.optimizer(
            run.choice(settings.rule(), settings.learningRate()),
            model.parameters(),
            (long) epochs * batches.batches());
    trainer =
        new Trainer<>(model, new CrossEntropy(), optimizer, run.seed(), callbacks)
            .measuring(Evaluation.ACCURACY, Accuracy::new);
  }

  Layer model() {
    return model;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Trains.
   *
   * @return the part of other images that is read right afterwards
   * @throws dev.descent.nn.train.TrainingException if the learning rate is too large
   */
  double accuracyOn(Examples<Indices> others) {
    trainer.fit(batches, null, epochs);
    return trainer.evaluate(others).accuracy();
  }
}
