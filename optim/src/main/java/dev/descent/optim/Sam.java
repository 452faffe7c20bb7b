package dev.descent.optim;

import dev.descent.core.tensor.Tensor;
import dev.descent.optim.setting.Check;
import java.util.function.Supplier;

/**
 * Sharpness-aware minimisation: a step with the gradient not of where the weights are, but of
 * where, at a small distance, the loss is greatest. It looks for minima with low loss all around.
 *
 * <pre>
 * e = radius g / |g|                        g at w; |g| over the coordinates of all parameters
 * step of the optimizer from w with the gradient at w + e
 * </pre>
 *
 * <p><b>Source.</b> P. Foret, A. Kleiner, H. Mobahi and B. Neyshabur, "Sharpness-Aware Minimization
 * for Efficiently Improving Generalization", arXiv 2010.01412 (ICLR 2021), algorithm 1, with rho
 * for radius; for the norm p = 2. Where the gradient is zero, e is zero.
 *
 * <pre>{@code
 * Sam sam = new Sam(new Optimizer(model.parameters(), new Momentum(), 0.1), 0.05);
 * for (Batch batch : batches) {
 *   sam.step(() -> loss(model, batch));
 * }
 * }</pre>
 *
 * <p>A step computes the loss twice: costs twice as much. Chance in the model, such as dropout,
 * should be the same both times. Stages of the optimizer see the second gradient only.
 */
public final class Sam {
  private final Optimizer optimizer;
  private final double radius;

  /**
   * Steps of an optimizer, taken in this way.
   *
   * @param radius how far from the weights to look; finite, zero or greater. The paper has 0.05
   * @throws IllegalArgumentException if the radius is out of range, or the optimizer accumulates
   *     gradients
   */
  public Sam(Optimizer optimizer, double radius) {
    Check.notNegative("radius", radius);
    if (optimizer.isAccumulating()) {
      throw new IllegalArgumentException(
          "the optimizer accumulates gradients, %s; expected one that steps with each"
              .formatted(optimizer.stages().getFirst()));
    }
    this.optimizer = optimizer;
    this.radius = radius;
  }

  /**
   * Takes a step. The parameters' gradients are those of the second loss then.
   *
   * @param loss computes the loss, a tensor of one element, with the parameters as they are; called
   *     twice
   * @return the loss before the step, where the weights were
   * @throws IllegalStateException as {@link Optimizer#step}; nothing has moved then. Nor has it
   *     where the loss throws something
   */
  public Tensor step(Supplier<Tensor> loss) {
    Tensor before = backward(loss);
    optimizer.ascend(radius);
    try {
      backward(loss);
    } finally {
      optimizer.putBack();
    }
    optimizer.step();
    return before;
  }

  private Tensor backward(Supplier<Tensor> loss) {
    optimizer.clearGradients();
    Tensor value = loss.get();
    value.backward();
    return value;
  }
}
