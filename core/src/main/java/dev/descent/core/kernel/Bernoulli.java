package dev.descent.core.kernel;

/** Draws zeros at random, for dropout. */
public interface Bernoulli {
  /**
   * {@code out[i] = number i >> 40 < threshold ? 0 : value}, where the numbers are those that
   * {@link dev.descent.core.random.RandomStream} gives from this state on, the first one being
   * number 0.
   *
   * @param threshold 0 to 2^24, in proportion to the probability of a zero
   * @param from the first element to draw
   * @param to the element to stop before
   */
  void draw(long state, int threshold, float value, float[] out, int from, int to);
}
