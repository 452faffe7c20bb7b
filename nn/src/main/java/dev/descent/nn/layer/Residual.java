package dev.descent.nn.layer;

import dev.descent.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@code y = x + inner(x)}: a layer that learns what to add to its input (He et al. 2016, "Deep
 * Residual Learning for Image Recognition").
 *
 * @param inner gives the shape of its input, or of the shortcut's output
 * @param shortcut what brings the input to the shape of the output; null: it is taken as it is
 */
public record Residual(Layer inner, @Nullable Layer shortcut) implements Layer {
  /** A layer around which the input goes as it is. */
  public static Residual of(Layer inner) {
    return new Residual(inner, null);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    Tensor around = shortcut == null ? input : pass.apply("shortcut", shortcut, input);
    return around.plus(pass.apply("inner", inner, input));
  }

  @Override
  public Parts parts() {
    return new Parts().layer("inner", inner).layer("shortcut", shortcut);
  }
}
