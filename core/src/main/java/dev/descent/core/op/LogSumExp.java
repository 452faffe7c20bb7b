package dev.descent.core.op;

import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.tensor.Axes;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.List;

/**
 * {@code y = ln sum(e^x)} over some axes, computed from {@code x - max x} so that nothing
 * overflows; negative infinity where there is nothing to sum or all is negative infinity, infinity
 * where something is, NaN where something is NaN.
 *
 * <p>{@code dx = dy e^(x - y)}; NaN where y is infinite.
 *
 * @param input a tensor of any shape
 * @param axes the axes to sum over
 * @param keepAxes whether they stay, with length 1, or disappear
 */
public record LogSumExp(Tensor input, Axes axes, boolean keepAxes) implements Op {
  @Override
  public List<Tensor> inputs() {
    return List.of(input);
  }

  @Override
  public Shape shape() {
    return Reduction.shape(input, axes, keepAxes);
  }

  @Override
  public void forward(float[] out, int offset) {
    Tensor x = input.detach();
    Tensor result =
        axes.reducedSize(x.shape()) == 0
            ? new Sum(x, axes, true).evaluate().log()
            : logSumExp(x, new Max(x, axes, true).evaluate());
    System.arraycopy(result.array(), result.offset(), out, offset, result.size());
  }

  private Tensor logSumExp(Tensor x, Tensor greatest) {
    // An infinite maximum would give infinity minus infinity; nothing is lost without it.
    Tensor magnitude = new Abs(greatest).evaluate();
    Tensor infinite = magnitude.atLeast(Tensor.scalar(Float.POSITIVE_INFINITY));
    Tensor shift = new Where(infinite, Tensor.scalar(0), greatest).evaluate();
    return new Sum(x.minus(shift).exp(), axes, true).evaluate().log().plus(shift);
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    Shape kept = axes.keptIn(input.shape());
    Tensor share = input.minus(output.reshape(kept)).exp();
    sink.add(input, new Multiply(share, gradient.reshape(kept)));
  }
}
