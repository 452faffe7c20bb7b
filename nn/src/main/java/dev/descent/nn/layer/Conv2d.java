package dev.descent.nn.layer;

import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Window;
import dev.descent.core.op.Rectified;
import dev.descent.core.random.RandomStream;
import dev.descent.core.tensor.Parameter;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import dev.descent.nn.init.Initializer;
import org.jspecify.annotations.Nullable;

/**
 * A kernel that slides over images, {@code [batch, in, height, width] -> [batch, out, outHeight,
 * outWidth]}: {@link dev.descent.core.op.Conv2d} with parameters.
 *
 * @param weight {@code [out, in / groups, rows.size, columns.size]}, as PyTorch stores it
 * @param bias {@code [out]}, or null for none
 * @param rows how the kernel slides down
 * @param columns how the kernel slides to the right
 * @param groups the groups that channels are split into, a divisor of in and of out
 */
public record Conv2d(
    Parameter weight, @Nullable Parameter bias, Window rows, Window columns, int groups)
    implements Rectifiable {
  /**
   * A layer initialised as PyTorch does.
   *
   * @param in the number of input channels, at least 1
   * @param out the number of output channels, at least 1
   * @param window how the kernel slides down and to the right: {@code Window.of(3).padding(1)}
   * @param random where the initial weights come from; drawn on, so that each layer made with the
   *     same stream starts differently
   */
  public static Conv2d of(int in, int out, Window window, RandomStream random) {
    return of(in, out, window, window, 1, Initializer.pytorch(), Initializer.pytorch(), random);
  }

  /**
   * A layer with chosen initial values.
   *
   * @param in the number of input channels, at least 1
   * @param out the number of output channels, at least 1
   * @param rows how the kernel slides down
   * @param columns how the kernel slides to the right
   * @param groups the number of groups, a divisor of in and of out
   * @param weights how the weight starts
   * @param biases how the bias starts
   * @param random where chance comes from
   * @throws IllegalArgumentException if a number is not positive or the groups do not come out even
   */
  public static Conv2d of(
      int in,
      int out,
      Window rows,
      Window columns,
      int groups,
      Initializer weights,
      Initializer biases,
      RandomStream random) {
    if (in < 1 || out < 1 || groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          "a convolution from %d to %d channels in %d groups; expected at least 1 of each, and as"
                  .formatted(in, out, groups)
              + " many channels in each group");
    }
    int taps = rows.size() * columns.size();
    int fanIn = in / groups * taps;
    int fanOut = out / groups * taps;
    Shape shape = Shape.of(out, in / groups, rows.size(), columns.size());
    Tensor weight = weights.initialize(shape, fanIn, fanOut, random);
    Tensor bias = biases.initialize(Shape.of(out), fanIn, fanOut, random);
    return new Conv2d(Parameter.of(weight), Parameter.of(bias), rows, columns, groups);
  }

  /** The same layer, with the same weight, but without a bias. */
  public Conv2d withoutBias() {
    return new Conv2d(weight, null, rows, columns, groups);
  }

  @Override
  public Tensor forward(Tensor input, Pass pass) {
    return on(input).evaluate();
  }

  @Override
  public Tensor rectified(Tensor input) {
    return new Rectified(on(input)).evaluate();
  }

  private Op on(Tensor input) {
    return new dev.descent.core.op.Conv2d(input, weight, bias, rows, columns, groups);
  }

  @Override
  public Parts parts() {
    return new Parts().parameter("weight", weight).parameter("bias", bias);
  }
}
