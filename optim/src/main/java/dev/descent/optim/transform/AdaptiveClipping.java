package dev.descent.optim.transform;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.setting.Check;

/**
 * Shortens the gradient of each unit that is large beside the unit's weights: a step may change a
 * unit by a part of itself, whatever its size.
 *
 * <pre>
 * most = limit max(|w|, epsilon)
 * g = g most / |g|        if |g| &gt; most; |w| and |g| over one unit
 * </pre>
 *
 * <p><b>Source.</b> A. Brock, S. De, S. L. Smith and K. Simonyan, "High-Performance Large-Scale
 * Image Recognition Without Normalization", arXiv 2102.06171 (ICML 2021), equation 3. A unit is a
 * row of a weight, {@code [out, in]} or {@code [out, in, height, width]}, and the whole of a
 * parameter with fewer axes. The paper leaves the last layer out: {@link GradientTransform#where}.
 *
 * <p>A unit whose gradient has a coordinate that is infinite or NaN is left as it is.
 *
 * <p>The defaults are the paper's and optax's: limit 0.01, epsilon 0.001.
 *
 * @param limit the largest norm of the gradient beside that of the weights; greater than zero
 * @param epsilon the norm that a unit is taken to have at least, so that zeros can move; greater
 *     than zero
 */
public record AdaptiveClipping(double limit, double epsilon) implements GradientTransform.OfEach {
  /** Checks the ranges. */
  public AdaptiveClipping {
    Check.positive("limit", limit);
    Check.positive("epsilon", epsilon);
  }

  /** The paper's epsilon. */
  public AdaptiveClipping(double limit) {
    this(limit, 1e-3);
  }

  /** The paper's defaults. */
  public AdaptiveClipping() {
    this(0.01);
  }

  @Override
  public void transform(Gradient gradient) {
    for (int unit = 0; unit < gradient.units(); unit++) {
      double most = limit * Math.max(gradient.valueNorm(unit), epsilon);
      double factor = Clipping.factor(gradient.norm(unit), most);
      if (factor < 1) {
        gradient.scale(unit, factor);
      }
    }
  }
}
