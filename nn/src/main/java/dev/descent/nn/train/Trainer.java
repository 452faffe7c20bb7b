package dev.descent.nn.train;

import dev.descent.core.autodiff.NoGradient;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.data.Batch;
import dev.descent.nn.data.DataLoader;
import dev.descent.nn.data.Examples;
import dev.descent.nn.layer.Layer;
import dev.descent.nn.layer.Pass;
import dev.descent.nn.loss.Loss;
import dev.descent.nn.metric.Metric;
import dev.descent.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: batch by batch a forward pass, a backward pass and a step of the optimizer;
 * after each epoch a look at the validation data.
 *
 * <pre>{@code
 * Trainer<Indices> trainer =
 *     new Trainer<>(model, new CrossEntropy(), optimizer, 1, new EarlyStopping(5))
 *         .measuring("accuracy", Accuracy::new);
 * History history = trainer.fit(DataLoader.shuffled(training, 32, 1), validation, 20);
 * double accuracy = trainer.evaluate(test).accuracy();
 * }</pre>
 *
 * @param <T> what predictions are compared with: class labels, numbers, or what the loss takes
 */
public final class Trainer<T> {
  private final Layer model;
  private final Loss<T> loss;
  private final Optimizer optimizer;
  private final long seed;
  private final Measures<T> measures;
  private final List<Callback> callbacks;

  /**
   * A training loop.
   *
   * @param model gives the predictions {@code [batch, ...]} that the loss takes
   * @param loss what is made small
   * @param optimizer changes the model's parameters
   * @param seed where chance in the model, such as dropout, comes from
   * @param callbacks what is called along the way, in this order
   */
  public Trainer(Layer model, Loss<T> loss, Optimizer optimizer, long seed, Callback... callbacks) {
    this(model, loss, optimizer, seed, new Measures<>(), List.of(callbacks));
  }

  private Trainer(
      Layer model,
      Loss<T> loss,
      Optimizer optimizer,
      long seed,
      Measures<T> measures,
      List<Callback> callbacks) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.seed = seed;
    this.measures = measures;
    this.callbacks = callbacks;
  }

  /**
   * The same training loop that also measures something, while training and in each evaluation.
   *
   * @param name under which it is found in an {@link Evaluation}; {@link Evaluation#ACCURACY} for
   *     what is to be its accuracy
   * @param metric gives a metric that has counted nothing, each time anew
   * @throws IllegalArgumentException if there is a metric of that name
   */
  public Trainer<T> measuring(String name, Supplier<? extends Metric<? super T>> metric) {
    return new Trainer<>(model, loss, optimizer, seed, measures.with(name, metric), callbacks);
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
  public History fit(DataLoader<T> training, @Nullable Examples<T> validation, int epochs) {
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
      DataLoader<T> training, @Nullable Examples<T> validation, int epochs, List<Epoch> before) {
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
      Tally<T> tally = new Tally<>(number, epochs, training, measures);
      running = learn(training.epoch(number), tally);
      checkParameters(number);
      Epoch epoch = tally.epoch(validation == null ? null : evaluate(validation));
      history.add(epoch);
      running &= callbacksGoOn(callback -> callback.afterEpoch(epoch));
    }
    return new History(history);
  }

  /**
   * How the model does on some data. A rule that averages the places it visits is judged by the
   * average, {@link Optimizer#averaged}.
   */
  public Evaluation evaluate(Examples<T> data) {
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      return Evaluation.of(model, loss, data, measures);
    }
  }

  /**
   * What the model makes of some inputs, by averages as in {@link #evaluate}.
   *
   * @param inputs {@code [size, ...]}
   * @return {@code [size, ...]}
   */
  public Tensor predict(Tensor inputs) {
    int size = inputs.shape().length(0);
    List<Tensor> parts = new ArrayList<>();
    try (Optimizer.Averaged _ = optimizer.averaged()) {
      int from = 0;
      do { // once for no inputs, too: what comes out of them has a shape
        int to = Math.min(size, from + Evaluation.BATCH_SIZE);
        Tensor part = inputs.detachedRows(from, to);
        parts.add(NoGradient.of(() -> model.forward(part)));
        from = to;
      } while (from < size);
    }
    return Tensor.concatenate(0, parts.toArray(Tensor[]::new));
  }

  /** Learns from one batch after the other. Returns false where a callback put an end to it. */
  private boolean learn(Iterable<Batch<T>> batches, Tally<T> tally) {
    tally.resume();
    for (Batch<T> batch : batches) {
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

  private void step(Batch<T> batch, Tally<T> tally) {
    Pass pass = Pass.training(seed, optimizer.gradientsSeen());
    Tensor predictions = model.forward(batch.inputs(), pass);
    Tensor batchLoss = loss.of(predictions, batch.targets());
    float value = batchLoss.item();
    if (!Float.isFinite(value)) {
      throw new TrainingException(
          "loss is %s at step %d (epoch %d): %s"
              .formatted(value, optimizer.stepsTaken() + 1, tally.number(), likelyCause(batch)));
    }
    tally.add(batch, predictions, value);
    optimizer.clearGradients();
    batchLoss.backward();
    optimizer.step();
  }

  private String likelyCause(Batch<T> batch) {
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
