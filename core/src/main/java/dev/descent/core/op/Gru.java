package dev.descent.core.op;

import static dev.descent.core.op.Convolutions.slice;

import dev.descent.core.autodiff.Checkpoint;
import dev.descent.core.autodiff.GradientSink;
import dev.descent.core.autodiff.Op;
import dev.descent.core.kernel.Kernels;
import dev.descent.core.kernel.Matrix;
import dev.descent.core.kernel.RecurrentKernels;
import dev.descent.core.kernel.RecurrentSteps;
import dev.descent.core.kernel.Slice;
import dev.descent.core.tensor.Shape;
import dev.descent.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer of gated recurrent units over sequences, in PyTorch's form, in which the reset gate is
 * applied after the product with the state (Cho et al. 2014, "Learning Phrase Representations using
 * RNN Encoder-Decoder", has it before). From step to step
 *
 * <pre>{@code
 * [r z n] = x W^T + b     [r' z' n'] = h U^T + d
 * r <- sigmoid(r + r')    z <- sigmoid(z + z')    n <- tanh(n + r n')
 * h <- (1 - z) n + z h
 * }</pre>
 *
 * The result holds all states h, {@code [time + 1, batch, hidden]}, from the initial one to that
 * after the last step.
 *
 * <p>The derivative goes back through all steps: the sums on the left get {@code s n' r (1 - r)},
 * {@code dh (h - n) z (1 - z)} and {@code s = dh (1 - z) (1 - n^2)}, those on the right the same
 * but {@code s r} at the end, h gets {@code dh z} and the latter times U, and the weights one
 * product over all steps. Where it is to be differentiated again, it is computed step by step.
 *
 * @param input {@code [time, batch, in]}
 * @param weightInput W, {@code [3 hidden, in]}: rows of r, z and n
 * @param weightHidden U, {@code [3 hidden, hidden]}
 * @param biasInput b, {@code [3 hidden]}
 * @param biasHidden d, {@code [3 hidden]}
 * @param hidden the initial h, {@code [batch, hidden]}
 * @param gates memory for the gates and for the sums on the right, {@code [2, time, batch, 3
 *     hidden]}, which {@link #forward} fills for {@link #backward}
 */
public record Gru(
    Tensor input,
    Tensor weightInput,
    Tensor weightHidden,
    Tensor biasInput,
    Tensor biasHidden,
    Tensor hidden,
    Tensor gates)
    implements Op {
  private static final int GATES = 3;

  /**
   * Checks that the operands fit.
   *
   * @throws dev.descent.core.tensor.ShapeException if they do not
   */
  public Gru {
    Recurrences.check("gru", GATES, input, weightInput, weightHidden, biasInput, biasHidden);
    Recurrences.checkState("gru", input, weightHidden, hidden);
  }

  /** With memory of its own. */
  public Gru(
      Tensor input,
      Tensor weightInput,
      Tensor weightHidden,
      Tensor biasInput,
      Tensor biasHidden,
      Tensor hidden) {
    this(
        input,
        weightInput,
        weightHidden,
        biasInput,
        biasHidden,
        hidden,
        Tensor.zeros(Recurrences.sums("gru", GATES, input, weightInput).prepend(2)));
  }

  @Override
  public List<Tensor> inputs() {
    return List.of(input, weightInput, weightHidden, biasInput, biasHidden, hidden);
  }

  @Override
  public Shape shape() {
    Shape steps = input.shape();
    return Shape.of(steps.length(0) + 1, steps.length(1), hidden.shape().length(1));
  }

  @Override
  public void forward(float[] out, int offset) {
    Recurrences.copy(hidden, out, offset);
    Matrix turnedInput = Recurrences.turned(weightInput);
    Matrix turnedHidden = Recurrences.turned(weightHidden);
    int second = gates.offset() + gates.size() / 2;
    Recurrences.parts(input, weightHidden)
        .forEach(part -> {
          Matrix sums = Recurrences.sums(gates.array(), gates.offset(), part);
          Recurrences.fill(biasInput, sums);
          Recurrences.fill(biasHidden, Recurrences.sums(gates.array(), second, part));
          Kernels.multiply(Recurrences.inputs(input, part), turnedInput, sums, true);
          RecurrentKernels.gru(part, turnedHidden, slice(gates), new Slice(out, offset));
        });
  }

  @Override
  public void backward(Tensor output, Tensor gradient, GradientSink sink) {
    if (sink.recorded()) {
      new Checkpoint(this::composed, inputs(), List.of(), shape()).backward(output, gradient, sink);
      return;
    }
    Tensor dInput = Recurrences.gradientOf(input, sink);
    SumsGradient ofInputs = new SumsGradient(sink, weightInput, biasInput);
    SumsGradient ofStates = new SumsGradient(sink, weightHidden, biasHidden);
    float[] dState = sink.array(hidden.size());
    Recurrences.copy(gradient, gradient.size() - dState.length, dState, 0, dState.length);
    float[] memory = sink.array(2 * Recurrences.largest(input, weightHidden));
    for (RecurrentSteps part : Recurrences.parts(input, weightHidden).toList().reversed()) {
      RecurrentKernels.gruGradient(
          part,
          Recurrences.matrix(weightHidden),
          slice(gates),
          slice(output),
          slice(gradient),
          dState,
          memory);
      Matrix left = Matrix.rowMajor(memory, 0, part.rows(), part.width());
      Matrix right = Matrix.rowMajor(memory, part.someGates(), part.rows(), part.width());
      Recurrences.addInput(left, weightInput, dInput, part);
      ofInputs.add(left, Recurrences.inputs(input, part));
      ofStates.add(right, Recurrences.before(output, part));
    }
    sink.add(input, dInput);
    ofInputs.handOn();
    ofStates.handOn();
    sink.add(hidden, Tensor.of(hidden.shape(), dState));
  }

  /** The same, step by step, of operations that can be differentiated as often as you like. */
  private Tensor composed(List<Tensor> operands) {
    Tensor x = operands.get(0);
    Tensor h = operands.get(5);
    List<Tensor> states = new ArrayList<>(List.of(h));
    for (int step = 0; step < x.shape().length(0); step++) {
      Tensor left =
          new Affine(Recurrences.step(x, step), operands.get(1), operands.get(3)).evaluate();
      Tensor right = new Affine(h, operands.get(2), operands.get(4)).evaluate();
      int size = h.shape().length(1);
      Tensor both = left.plus(right);
      Tensor r = Recurrences.gate(both, 0, size).sigmoid();
      Tensor z = Recurrences.gate(both, 1, size).sigmoid();
      Tensor reset = r.times(Recurrences.gate(right, 2, size));
      Tensor n = Recurrences.gate(left, 2, size).plus(reset).tanh();
      h = n.plus(z.times(h.minus(n)));
      states.add(h);
    }
    return Recurrences.inTime(states);
  }
}
