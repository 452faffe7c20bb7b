package dev.descent.nn.layer;

import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Tensor;
import java.util.function.Function;

/**
 * What a layer knows of the forward pass that it takes part in. Chance depends on the seed, the
 * step and the layer's place in the model, so a step gives the same numbers whether or not the
 * steps before it were run in this process.
 *
 * @param training whether the model learns from this pass
 * @param seed the seed of the training run
 * @param step how many batches were learned from before
 * @param place where in the model the layer is, as in the names of its parameters: {@code 2} for
 *     what has {@code 2.weight}; empty for the model itself
 * @param observer is told what each inner layer has made
 */
public record Pass(boolean training, long seed, long step, String place, Observer observer) {
  /** A pass that nothing is learned from. */
  public static final Pass EVALUATION = new Pass(false, 0, 0, "");

  /** Somebody who looks on as a model is applied. */
  @FunctionalInterface
  public interface Observer {
    /** Looks at nothing. */
    Observer NOBODY = (place, output) -> {};

    /** A layer at some place in the model has made an output. */
    void see(String place, Tensor output);
  }

  /** A pass that nobody looks at. */
  public Pass(boolean training, long seed, long step, String place) {
    this(training, seed, step, place, Observer.NOBODY);
  }

  /** A pass of training. */
  public static Pass training(long seed, long step) {
    return new Pass(true, seed, step, "");
  }

  /** Whether somebody looks at what each layer makes. */
  boolean isObserved() {
    return !observer.equals(Observer.NOBODY);
  }

  /**
   * The pass as an inner layer sees it.
   *
   * @param name what the names of the inner layer's parameters start with: {@code 0}
   */
  public Pass inner(String name) {
    String inner = place.isEmpty() ? name : place + "." + name;
    return new Pass(training, seed, step, inner, observer);
  }

  /**
   * What an inner layer makes of an input.
   *
   * @param name what the names of the inner layer's parameters start with, as in {@link Parts}
   */
  public Tensor apply(String name, Layer layer, Tensor input) {
    return apply(name, inner -> layer.forward(input, inner));
  }

  /** What an inner layer makes of more than one input: {@code layer} is given its pass. */
  public Tensor apply(String name, Function<Pass, Tensor> layer) {
    Pass inner = inner(name);
    Tensor output = layer.apply(inner);
    observer.see(inner.place(), output);
    return output;
  }

  /**
   * Random numbers for this layer in this pass; the same ones each time they are asked for.
   *
   * @param purpose what they are for, such as "dropout"
   */
  public RandomStream random(String purpose) {
    return RandomStream.of(seed, purpose + " " + place, step);
  }
}
