package dev.descent.nn.layer;

import dev.descent.core.random.RandomStream;

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
 */
public record Pass(boolean training, long seed, long step, String place) {
  /** A pass that nothing is learned from. */
  public static final Pass EVALUATION = new Pass(false, 0, 0, "");

  /** A pass of training. */
  public static Pass training(long seed, long step) {
    return new Pass(true, seed, step, "");
  }

  /**
   * The pass as an inner layer sees it.
   *
   * @param name what the names of the inner layer's parameters start with: {@code 0}
   */
  public Pass inner(String name) {
    return new Pass(training, seed, step, place.isEmpty() ? name : place + "." + name);
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
