package dev.descent.optim.simd;

import static dev.descent.core.kernel.simd.Simd.FLOATS;

import jdk.incubator.vector.FloatVector;

/** The vector expressions that the rules share, written for what float32 loses. */
final class Lanes {
  /** Below this, 2^-116, state counts as zero; a thousandth of it is still a normal number. */
  private static final float FADED = 0x1p-116f;

  private Lanes() {}

  /** A vector from the array. */
  static FloatVector load(float[] array, int offset) {
    return FloatVector.fromArray(FLOATS, array, offset);
  }

  /**
   * {@code c x}, rounded once: the coefficient, a double, is carried as the nearest float and what
   * that misses.
   */
  static FloatVector times(double c, FloatVector x) {
    return x.fma(all(c), x.mul(all(c - (float) c)));
  }

  /** {@code c x + y}. */
  static FloatVector timesPlus(double c, FloatVector x, FloatVector y) {
    return x.fma(all(c), y);
  }

  /**
   * {@code decay x}, rounded once. A decay near one is taken as what is lost, which a float holds
   * much more exactly: 0.999 as a float would make sums of equal numbers settle 1.3e-5 off.
   */
  static FloatVector decayed(double decay, FloatVector x) {
    return decay < 0.5 ? x.mul((float) decay) : x.fma(all(decay - 1), x);
  }

  /**
   * The moving average {@code decay average + (1 - decay) x}. Written as a step from the heavier of
   * the two towards the other, so that the weights add up to one exactly. As floats, 0.999 and
   * 0.001 add up to something else, and an average of equal numbers would settle 1.3e-5 off.
   */
  static FloatVector average(double decay, FloatVector average, FloatVector x) {
    return decay < 0.5
        ? average.sub(x).fma(all(decay), x)
        : x.sub(average).fma(all(1 - decay), average);
  }

  /** The moving average {@code decay average + (1 - decay) x x}, in the same way. */
  static FloatVector averageSquare(double decay, FloatVector average, FloatVector x) {
    return decay < 0.5
        ? x.neg().fma(x, average).fma(all(decay), x.mul(x))
        : x.fma(x, average.neg()).fma(all(1 - decay), average);
  }

  /** {@code numerator / denominator}; zero where the denominator is zero. */
  static FloatVector ratio(FloatVector numerator, FloatVector denominator) {
    return numerator.div(denominator).blend(0, denominator.eq(0));
  }

  /**
   * State that has faded away becomes zero. A moving average of nothing but zeros decays into the
   * subnormal numbers and stays there; on x86 arithmetic with them takes a hundred times longer.
   */
  static FloatVector settled(FloatVector state) {
    return state.blend(0, state.abs().lt(FADED));
  }

  private static FloatVector all(double c) {
    return FloatVector.broadcast(FLOATS, (float) c);
  }
}
