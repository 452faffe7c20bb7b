package dev.descent.nn.layer;

import dev.descent.core.random.RandomStream;

/**
 * What a layer knows of the forward pass that it takes part in. Chance depends on the seed, the
 * step and the layer's place in the model, so a step gives the same numbers whether or not the
 * steps before it were run in this process.
 *
 * @param training whether the model learns from this pass
 * @param seed the seed of the training run
 * @param step the number of the training step
 * @param place where in the model the layer is: a hash of the path to it
 */
public record Pass(boolean training, long seed, long step, long place) {
  /** A pass that nothing is learned from. */
  public static final Pass EVALUATION = new Pass(false, 0, 0, 0);

  /** A pass of training. */
  public static Pass training(long seed, long step) {
    return new Pass(true, seed, step, 0);
  }

  /** The pass as the i-th inner layer sees it. */
  public Pass inner(int i) {
    return new Pass(training, seed, step, 31 * place + i + 1);
  }

  /** Random numbers for this layer in this pass. */
  public RandomStream random(String purpose) {
    return RandomStream.of(seed, purpose, step, place);
  }
}
