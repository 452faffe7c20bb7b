package dev.descent.nn.train;

import dev.descent.core.tensor.Indices;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Dataset;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.loss.Loss;
import dev.descent.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The training loop of a classifier: batch by batch a forward pass, a backward pass and a step of
 * the optimizer; after each epoch a look at the validation data.
 */
public final class Trainer {
  private final Layer model;
  private final Loss<Indices> loss;
  private final Optimizer optimizer;
  private final long seed;
  private final List<Callback> callbacks;

  /**
   * A training loop.
   *
   * @param model gives logits {@code [batch, classes]}
   * @param loss what is made small
   * @param optimizer changes the model's parameters
   * @param seed where chance in the model, such as dropout, comes from
   * @param callbacks what is called along the way, in this order
   */
  public Trainer(
      Layer model, Loss<Indices> loss, Optimizer optimizer, long seed, Callback... callbacks) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.seed = seed;
    this.callbacks = List.of(callbacks);
  }

  /**
   * Trains for some epochs, or until a callback stops it. Epochs are numbered, and so shuffled,
   * from 1.
   *
   * @param training the batches to learn from
   * @param validation what the model is looked at with after each epoch, its parameters replaced by
   *     their averages where the rule keeps some ({@link Optimizer#averaged}); null for nothing
   * @param epochs how many, at least 1
   * @throws IllegalArgumentException if there are fewer epochs, or no batches to learn from
   * @throws TrainingException if the loss or, at the end of an epoch, a parameter is no longer a
   *     finite number
   */
  public History fit(DataLoader training, @Nullable Dataset validation, int epochs) {
    return fit(training, validation, epochs, List.of());
  }

  /**
   * Goes on with a training run after some of its epochs: with the same model, optimizer, seed and
   * batches as if it had never been interrupted.
   *
   * @param training the batches to learn from
   * @param validation what the model is looked at with after each epoch; null for nothing
   * @param epochs how many the run is to have, with those before; more than these
   * @param before the epochs before, first to last, with which the history begins
   * @throws IllegalArgumentException if there are not more epochs, or no batches to learn from
   * @throws TrainingException if the loss or, at the end of an epoch, a parameter is no longer a
   *     finite number
   */
  public History fit(
      DataLoader training, @Nullable Dataset validation, int epochs, List<Epoch> before) {
    if (epochs <= before.size()) {
      throw new IllegalArgumentException(
          "epochs is " + epochs + "; expected at least " + (before.size() + 1));
    }
    if (training.batches() == 0) {
      throw new IllegalArgumentException(
          training.dataset() + " makes no batch; expected at least one to learn from");
    }
    List<Epoch> history = new ArrayList<>(before);
    boolean running = true;
    for (int number = before.size() + 1; running && number <= epochs; number++) {
      Tally tally = new Tally(number, epochs, training);
      running = learn(training.epoch(number), tally);
      checkParameters(number);
      Epoch epoch = tally.epoch(validation == null ? null : evaluate(validation));
      history.add(epoch);
      running &= callbacksGoOn(callback -> callback.afterEpoch(epoch));
    }
    return new History(history);
  }

  /** A rule that averages the places it visits is judged by the average. */
  private Evaluation evaluate(Dataset validation) {
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      return Evaluation.of(model, loss, validation);
    }
  }

  /** Learns from one batch after the other. Returns false where a callback put an end to it. */
  private boolean learn(Iterable<Batch> batches, Tally tally) {
    tally.resume();
    for (Batch batch : batches) {
      step(batch, tally);
      if (!callbacks.isEmpty()) {
        tally.pause();
        Progress progress = tally.progress();
        if (!callbacksGoOn(callback -> callback.afterStep(progress))) {
          return false;
        }
        tally.resume();
      }
    }
    tally.pause();
    return true;
  }

  /** Asks every callback, also when an earlier one says stop. */
  private boolean callbacksGoOn(Function<Callback, Callback.Next> call) {
    boolean running = true;
    for (Callback callback : callbacks) {
      running &= call.apply(callback) == Callback.Next.CONTINUE;
    }
    return running;
  }

  private void step(Batch batch, Tally tally) {
    Tensor logits = model.forward(batch.inputs(), Pass.training(seed, optimizer.stepsTaken()));
    Tensor batchLoss = loss.of(logits, batch.labels());
    float value = batchLoss.item();
    if (!Float.isFinite(value)) {
      throw new TrainingException(
          "loss is %s at step %d (epoch %d): %s"
              .formatted(value, optimizer.stepsTaken() + 1, tally.number(), likelyCause(batch)));
    }
    tally.add(batch, logits, value);
    optimizer.clearGradients();
    batchLoss.backward();
    optimizer.step();
  }

  private String likelyCause(Batch batch) {
    if (!isFinite(batch.inputs())) {
      return "the inputs of the batch hold NaN or infinity";
    }
    String parameter = parameterThatIsNotFinite();
    String symptom =
        parameter == null
            ? "the model's outputs overflow"
            : "parameter " + parameter + " is not finite any more";
    return symptom + "; " + tooLarge();
  }

  /** The last step of an epoch may do harm that no loss shows any more. */
  private void checkParameters(int epoch) {
    String parameter = parameterThatIsNotFinite();
    if (parameter != null) {
      throw new TrainingException(
          "parameter %s is not finite after step %d (epoch %d): %s"
              .formatted(parameter, optimizer.stepsTaken(), epoch, tooLarge()));
    }
  }

  private @Nullable String parameterThatIsNotFinite() {
    for (Map.Entry<String, Parameter> parameter : model.parameters().entrySet()) {
      if (!isFinite(parameter.getValue())) {
        return parameter.getKey();
      }
    }
    return null;
  }

  private String tooLarge() {
    return "the learning rate %s is likely too large".formatted(optimizer.learningRate());
  }

  private static boolean isFinite(Tensor tensor) {
    // x - x is 0 for every finite x, and NaN otherwise, as is then the sum.
    return tensor.minus(tensor).sum().item() == 0;
  }
}
