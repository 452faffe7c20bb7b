package dev.descent.optim.transform;

import dev.descent.core.random.RandomStream;
import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.Gradients;
import dev.descent.optim.setting.Check;

/**
 * Adds normally distributed noise, less from step to step.
 *
 * <pre>
 * g = g + N(0, variance / t^decay)        t = 1 for the first step
 * </pre>
 *
 * <p><b>Source.</b> A. Neelakantan, L. Vilnis, Q. V. Le, I. Sutskever, L. Kaiser, K. Kurach and J.
 * Martens, "Adding Gradient Noise Improves Learning for Very Deep Networks", arXiv 1511.06807
 * (2015), section 3.1, with eta for variance, gamma for decay, and t counted from 0. optax's {@code
 * add_noise}.
 *
 * <p>The noise depends on the seed, the parameter's name and the step alone: a run that is resumed
 * goes on with the noise that it would have had. A stream of random numbers is made for each
 * parameter and step.
 *
 * <p>The paper's decay is 0.55, its variance one of 0.01, 0.3 and 1.
 *
 * @param variance the variance at the first step; finite, zero or greater
 * @param decay how fast it falls; finite, zero or greater
 * @param seed where the noise comes from
 */
public record GradientNoise(double variance, double decay, long seed) implements GradientTransform {
  /** Checks the ranges. */
  public GradientNoise {
    Check.notNegative("variance", variance);
    Check.notNegative("decay", decay);
  }

  /** The paper's decay. */
  public GradientNoise(double variance, long seed) {
    this(variance, 0.55, seed);
  }

  @Override
  public void transform(Gradients gradients) {
    double deviation = Math.sqrt(variance / StrictMath.pow((double) gradients.step(), decay));
    for (int i = 0; i < gradients.count(); i++) {
      Gradient gradient = gradients.get(i);
      add(gradient, deviation, RandomStream.of(seed, gradient.name(), gradients.step()));
    }
  }

  private static void add(Gradient gradient, double deviation, RandomStream random) {
    float[] from = gradient.array();
    int at = gradient.offset();
    float[] to = gradient.replace();
    for (int i = 0; i < gradient.size(); i++) {
      to[i] = (float) (from[at + i] + deviation * random.nextGaussian());
    }
  }
}
