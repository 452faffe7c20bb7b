package dev.descent.optim.stage;

import dev.descent.optim.Gradient;
import dev.descent.optim.GradientTransform;
import dev.descent.optim.setting.Check;

/**
 * Takes one step for several batches, with the mean of their gradients: as if they were one batch,
 * where it would not fit into memory.
 *
 * <pre>{@code
 * Optimizer optimizer =
 *     new Optimizer(
 *         model.parameters(), new Adam(), 0.001, new Accumulation(4), new ClipByGlobalNorm(1));
 * for (Batch batch : batches) {
 *   optimizer.clearGradients();
 *   loss(model, batch).backward();
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>The loop stays what it is. Gradients add up where they always do, in the parameters; until
 * there are enough, {@link dev.descent.optim.Optimizer#step} only counts and {@link
 * dev.descent.optim.Optimizer#clearGradients} leaves them. One decay, one clipping, one tick of the
 * schedule are then for all of them. It comes before all other stages.
 *
 * <p>The mean is right where each batch's loss is a mean over as many examples.
 *
 * @param batches how many make a step; 1 or more
 */
public record Accumulation(int batches) implements GradientTransform.OfEach {
  /** Checks the range. */
  public Accumulation {
    Check.steps("batches", batches);
  }

  /** From the sum to the mean. */
  @Override
  public void transform(Gradient gradient) {
    if (batches > 1) {
      gradient.scale(1.0 / batches);
    }
  }
}
